import GRDB
import GRDBSQLite
import Storage

/// A read-only connection to the replica's file, closed with this object.
final class ReaderConnection {
    let handle: OpaquePointer

    /// - Throws: `DatabaseError` when the file cannot be opened.
    init(path: String) throws {
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw DatabaseError(resultCode: ResultCode(rawValue: code))
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, Int32(CustomersLimits.busyTimeout.components.seconds * 1_000))
        // The settings of every connection of the edge (https://www.sqlite.org/security.html, section 1).
        for setting in [
            "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "temp_store = MEMORY",
            "cache_size = -\(CustomersLimits.readerCacheKiB)",
        ] {
            try HeldStatement(handle, "PRAGMA \(setting)").run()
        }
    }

    deinit {
        // Statements that are still there are let go first.
        sqlite3_close_v2(handle)
    }
}
