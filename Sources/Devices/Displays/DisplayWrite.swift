/// Something to send to a display.
package enum DisplayWrite: Sendable, Equatable {
    /// A report of a HID display.
    case report(HIDOutgoingReport)
    /// Bytes for a serial line.
    case bytes([UInt8])
}
