/// What keeps a system outside from being read.
package struct SystemsError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// The feed's settings cannot be used.
        case settingsWrong
        /// The source does not answer, or not now. Trying again later may help.
        case unavailable
        /// The file or folder that the source reads is not there. It may come.
        case missing
        /// The source asks to be left alone for a while; see ``SystemsError/retryAfter``.
        case throttled
        /// The source lets nobody in with these credentials, or has nothing at this address. Somebody has to mend it.
        case refused
        /// What the source gives is not what it should be. Somebody has to mend it.
        case broken
        /// The source does not know the cursor any more: the feed begins anew.
        case cursorGone
        /// A system was told to change something, and did not say whether it has. It is found out before it is told again.
        case outcomeUnknown
        /// The local copy does not take what the source gave.
        case replicaUnwritable
    }

    package let code: Code
    /// What happened, why, and what to do. It holds no personal data.
    package let message: String
    /// The error behind this one, in its own words.
    package let cause: String?
    /// How long the source wants to be left alone.
    package let retryAfter: Duration?
    /// Whether the system is well and thinks that the call is wrong.
    let isAnswer: Bool

    package init(
        _ code: Code, _ message: String, cause: String? = nil, retryAfter: Duration? = nil, isAnswer: Bool = false
    ) {
        self.code = code
        self.message = message
        self.cause = cause
        self.retryAfter = retryAfter
        self.isAnswer = isAnswer
    }

    package var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}
