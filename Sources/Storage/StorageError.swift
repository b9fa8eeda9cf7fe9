/// What keeps a key, a sealed value or a database file from being used.
package struct StorageError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// The key file is not there and could not be made.
        case keyMissing
        /// The key file does not hold a key.
        case keyMalformed
        /// Others than its owner may read or write the key file.
        case keyPermissions
        /// The key was changed, and the one before is not retired yet.
        case keyNotRetired
        /// There are no more generations.
        case keysExhausted
        /// The file is no SQLite database.
        case notADatabase
        /// The database belongs to another program.
        case wrongApplication
        /// A newer version wrote the database.
        case newerSchema
        /// The database breaks its own rules.
        case corrupt
        case diskFull
        case readOnly
        case inputOutput
        /// The work was ended before it was done.
        case interrupted
        /// Another process holds the file.
        case inUse
        /// A sealed value was changed, belongs elsewhere, or was sealed under another key.
        case sealBroken
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
