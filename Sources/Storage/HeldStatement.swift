package import GRDB
import GRDBSQLite

/// A prepared statement that is kept: a look-up or a write through the library costs as much again as itself.
///
/// It belongs to the connection it was made on and is used only while that one is held.
package final class HeldStatement {
    /// Tells SQLite to copy a bound value at once; the C macro of this name cannot be imported.
    private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private let connection: OpaquePointer
    private let statement: OpaquePointer

    /// - Throws: `DatabaseError` when the statement does not fit the file.
    package init(_ connection: OpaquePointer, _ sql: String) throws {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw HeldStatement.failure(code, connection) }
        self.connection = connection
        self.statement = statement
    }

    deinit {
        sqlite3_finalize(statement)
    }

    /// Binds a value to a parameter, counted from 1. It stays bound until another is.
    package func bind(_ value: Int64, at index: Int32) {
        sqlite3_bind_int64(statement, index, value)
    }

    package func bind(_ value: Int64?, at index: Int32) {
        guard let value else {
            sqlite3_bind_null(statement, index)
            return
        }
        sqlite3_bind_int64(statement, index, value)
    }

    package func bind(_ value: String, at index: Int32) {
        var value = value
        value.withUTF8 { bytes in
            guard let start = bytes.baseAddress else {
                // An empty string may have no address, and SQLite would take none for null.
                sqlite3_bind_text(statement, index, "", 0, HeldStatement.transient)
                return
            }
            let characters = UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)
            sqlite3_bind_text(statement, index, characters, Int32(bytes.count), HeldStatement.transient)
        }
    }

    package func bind(_ value: [UInt8], at index: Int32) {
        _ = value.withUnsafeBytes {
            sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), HeldStatement.transient)
        }
    }

    package func bind(_ value: BlindIndex, at index: Int32) {
        _ = value.withBytes {
            sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), HeldStatement.transient)
        }
    }

    /// Runs the statement with what is bound, and makes it ready for the next time.
    /// - Throws: `DatabaseError`, without any of the bound values.
    package func run() throws {
        try rows { _ in false }
    }

    /// Runs the statement, hands over each row while it lies before SQLite, and makes it ready for the next time.
    /// - Parameter body: returns false when it has seen enough.
    /// - Throws: `DatabaseError`, without any of the bound values, and what the body throws.
    package func rows(_ body: (borrowing StatementRow) throws -> Bool) throws {
        defer { sqlite3_reset(statement) }
        while true {
            let code = sqlite3_step(statement)
            switch code {
            case SQLITE_ROW: guard try body(StatementRow(statement)) else { return }
            case SQLITE_DONE: return
            default: throw HeldStatement.failure(code, connection)
            }
        }
    }

    /// The first column of the first row.
    package func integer() throws -> Int64? {
        var value: Int64?
        try rows { row in
            value = row.integer(0)
            return false
        }
        return value
    }

    package static func failure(_ code: Int32, _ connection: OpaquePointer) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code), message: sqlite3_errmsg(connection).map { String(cString: $0) })
    }
}
