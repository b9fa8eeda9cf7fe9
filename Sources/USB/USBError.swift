/// What went wrong on the bus.
public struct USBError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is, for a program to decide by.
    public enum Code: String, Sendable {
        /// The process may not open the device node: a udev rule or group is missing.
        case accessDenied
        /// Another program holds the device or the interface.
        case busy
        /// The device or interface is not there.
        case notFound
        case gone
        case stalled
        case timedOut
        /// The library or the kernel does not offer the operation.
        case unsupported
        case outOfMemory
        /// Descriptors or answers that break the standard.
        case malformed
        /// A low-level input or output error.
        case inputOutput
    }

    /// For programs.
    public let code: Code
    /// What happened, why, and what to do.
    public let message: String
    /// The library's own words for the failure.
    public let cause: String?

    /// An error; `message` says what happened, why, and what to do.
    public init(_ code: Code, _ message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message, with the cause in parentheses.
    public var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}
