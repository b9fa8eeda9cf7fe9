import GRDB

extension StorageError {
    /// Whether the file itself cannot be used, while the disk under it can.
    package var isBrokenFile: Bool {
        switch code {
        case .notADatabase, .wrongApplication, .corrupt: true
        default: false
        }
    }

    /// What an error of the database means for a file. The arguments of statements never come along.
    package init(database error: any Error, path: String) {
        if let error = error as? StorageError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.inputOutput, "\(path) cannot be used. Check the disk.", cause: "\(type(of: error))")
            return
        }
        let (code, message) = StorageError.meaning(of: error.resultCode, path: path)
        let words = error.message ?? "no further word"
        self.init(code, message, cause: "SQLite \(error.extendedResultCode.rawValue): \(words)")
    }

    private static func meaning(of result: ResultCode, path: String) -> (Code, String) {
        switch result {
        case .SQLITE_NOTADB: (.notADatabase, "\(path) is no database. Move it away.")
        case .SQLITE_CORRUPT: (.corrupt, "\(path) is damaged. Check the disk; what can be read is kept.")
        case .SQLITE_FULL: (.diskFull, "There is no room for \(path). Free some on its disk.")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            (.readOnly, "\(path) cannot be written. Give the file to the edge, on a disk that can be written.")
        case .SQLITE_BUSY, .SQLITE_LOCKED: (.inUse, "\(path) is held by another process. End that one.")
        case .SQLITE_INTERRUPT: (.interrupted, "Work on \(path) was ended before it was done.")
        default: (.inputOutput, "\(path) cannot be read or written. Check the disk.")
        }
    }
}
