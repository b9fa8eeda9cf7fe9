/// Why a card could not be issued, found, drawn, sent or served.
package struct CardsError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// The file of the cards cannot be read or written.
        case registerUnusable
        /// No card has that id.
        case cardUnknown
        /// The card was revoked or replaced before.
        case cardEnded
        /// The customer has as many cards as may be.
        case tooManyCards
        /// Another call had the operation id before.
        case operationReused
        /// A key, a certificate or a setting cannot be used.
        case settingsWrong
        /// A PDF, a pass or a link could not be made.
        case documentFailed
        /// The gateway cannot be reached, or says that it cannot now. It is tried again.
        case unavailable
        /// The gateway refuses the message or the address for good.
        case refused
        /// The page cannot be served at its place.
        case listenFailed
    }

    package let code: Code
    /// What happened, why, and what to do. It holds no personal data and no secret.
    package let message: String
    /// The error behind this one, in its own words.
    package let cause: String?
    /// How long the other side wants to be left alone.
    package let retryAfter: Duration?

    package init(_ code: Code, _ message: String, cause: String? = nil, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
        self.retryAfter = retryAfter
    }

    package var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}
