/// Bounds on captures.
package enum CaptureLimits {
    /// A file that is replayed. An hour of scans takes a few MiB.
    package static let fileBytesMax = 256 << 20
    /// A block of a pcapng file.
    static let blockBytesMax = 1 << 20
    /// Interfaces of a section.
    static let interfacesMax = 256
    /// Devices of a capture.
    package static let devicesMax = 128
    /// Answers to control requests that are kept for a device.
    static let answersMax = 1_024
}
