/// What keeps a key, a certificate, a request for one or a pairing code from being used.
package struct CredentialsError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// The text is no pairing code.
        case codeMalformed
        /// The bytes are no certificate request that may be signed.
        case requestMalformed
        /// The bytes are no certificate, or no key.
        case certificateMalformed
        /// Others than its owner may read or write the file.
        case filePermissions
        /// The file does not hold what it should.
        case fileMalformed
        /// The operating system refuses.
        case inputOutput
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

    package var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}
