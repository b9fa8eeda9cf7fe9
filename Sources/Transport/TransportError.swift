/// What keeps an edge from listening.
package struct TransportError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// Another program listens there.
        case addressInUse
        /// The host has no such address, or its name is not known.
        case addressUnknown
        /// The address makes no sense: a port above 65,535, a path too long.
        case addressInvalid
        /// The operating system does not let this user listen there.
        case notPermitted
        /// Something that is no socket is in the way of the socket's file.
        case fileInTheWay
        /// The certificate and key do not serve for TLS.
        case tlsUnusable
        /// Anything else the operating system has to say.
        case inputOutput
    }

    package let code: Code
    /// What happened, why, and what to do. It holds no personal data.
    package let message: String
    /// What the operating system said, when it said something.
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
