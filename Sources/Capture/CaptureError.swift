/// A capture that cannot be written or read.
package struct CaptureError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// The file is neither pcapng nor pcap, or breaks off where it may not.
        case notACapture
        /// It is a capture, and not of USB.
        case notOfUSB
        /// It tells of no device whose descriptors it holds.
        case noDevice
        case tooLarge
        case file
    }

    package let code: Code
    /// What happened, why, and what to do, for a person.
    package let message: String
    package let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message }
}
