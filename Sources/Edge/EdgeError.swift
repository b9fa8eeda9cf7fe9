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

    /// A setting of the configuration that is at fault.
    struct Setting: Sendable {
        /// As messages name it: `feeds[1].file`; empty for the file as a whole.
        let name: String
        let line: Int
        let column: Int
    }

    package let code: Code
    /// What happened, why, and what to do. It holds no personal data.
    package let message: String
    /// The error behind this one, in its own words.
    package let cause: String?
    /// `nil` for what is no setting's fault.
    let setting: Setting?

    package init(_ code: Code, _ message: String, cause: String? = nil) {
        self.init(code, message, cause: cause, setting: nil)
    }

    init(_ code: Code, _ message: String, cause: String? = nil, setting: Setting?) {
        self.code = code
        self.message = message
        self.cause = cause
        self.setting = setting
    }

    package var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}
