import Storage

/// What keeps the replica from being opened, read or written.
package struct CustomersError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// The company, the region or another setting cannot be used.
        case settingsWrong
        /// Another process has the replica open.
        case inUse
        /// A newer version wrote the file.
        case newerSchema
        /// The file was sealed under another key.
        case wrongKey
        /// The file, or a row of it, breaks its own rules.
        case replicaBroken
        /// The record of the one customer who was asked for cannot be read. All others can.
        case recordUnreadable
        case diskFull
        /// The file cannot be read or written.
        case inputOutput
        /// A page of changes is too large, or names its feed wrongly. Nothing of it was taken.
        case pageRefused
        /// A page goes on from where the copy is not: it began anew since the page was asked for. Nothing of it was taken.
        case placeLost
        /// A search has no word of two letters.
        case searchTooShort
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

    static let recordUnreadable = CustomersError(
        .recordUnreadable,
        "This customer's record in the local copy cannot be read. All others can; this one is written anew when its "
            + "source gives it again.")

    /// What an error of the file means for the replica.
    init(storage error: StorageError) {
        let code: Code =
            switch error.code {
            case .inUse: .inUse
            case .newerSchema: .newerSchema
            case .sealBroken, .notADatabase, .wrongApplication, .corrupt: .replicaBroken
            case .diskFull: .diskFull
            case .keyMissing, .keyMalformed, .keyPermissions, .keyNotRetired, .keysExhausted, .readOnly, .inputOutput,
                .interrupted:
                .inputOutput
            }
        self.init(code, error.message, cause: error.cause)
    }

    /// What any error of the database means for the replica. The arguments of statements never come along.
    init(_ error: any Error, path: String) {
        if let error = error as? CustomersError {
            self = error
        } else {
            self.init(storage: StorageError(database: error, path: path))
        }
    }

    package var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}
