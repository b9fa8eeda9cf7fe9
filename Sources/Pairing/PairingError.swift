package import Credentials
package import Storage

/// Why the store's identity could not be made, read or used.
package struct PairingError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// A part of the store's identity is missing or is not what it should be.
        case identityBroken
        /// The file of the tills cannot be used.
        case registryUnusable
        /// No certificate can be made.
        case issuingFailed
        /// As many tills are paired as may be.
        case tooManyTills
        /// No till has that id.
        case tillUnknown
        /// A name that a till cannot have.
        case nameInvalid
    }

    package let code: Code
    /// What happened, why, and what to do. It holds no secret and no personal data.
    package let message: String
    /// The error behind this one, in its own words.
    package let cause: String?

    package init(_ code: Code, _ message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package init(_ error: CredentialsError) {
        self.init(.identityBroken, error.message, cause: error.cause)
    }

    package init(_ error: StorageError) {
        self.init(.registryUnusable, error.message, cause: error.cause)
    }

    package var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}
