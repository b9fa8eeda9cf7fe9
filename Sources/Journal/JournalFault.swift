package import Storage

/// Why scans are not written down at present.
package struct JournalFault: Sendable, Equatable {
    package let code: StorageError.Code
    /// What happened, why, and what to do. It holds no personal data.
    package let message: String
    /// The error behind it, in its own words.
    package let cause: String?

    init(_ error: StorageError) {
        code = error.code
        message = error.message
        cause = error.cause
    }
}
