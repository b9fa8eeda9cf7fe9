/// Why the store's identity could not be made, read or used.
package struct PairingError: Error, Sendable {}
