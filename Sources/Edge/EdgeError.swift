/// What keeps the edge from its work.
package struct EdgeError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case configurationUnreadable
        case configurationInvalid
        case stateUnusable
        /// The key is missing, is none, is open to others, or is not that of the files: only a person mends that.
        case keyUnusable
        case listenFailed
        case usbUnusable
        case backupFailed
    }

    package let code: Code
    /// What happened, why, and what to do. It holds no personal data.
    package let message: String
    /// The error behind this one, in its own words.
    package let cause: String?

    package init(_ code: Code, _ message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}
