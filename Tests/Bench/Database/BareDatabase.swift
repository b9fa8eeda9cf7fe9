import GRDBSQLite

/// A SQLite connection without a library around it.
final class BareDatabase {
    fileprivate let handle: OpaquePointer

    init(path: String, isReadOnly: Bool = false) throws {
        var handle: OpaquePointer?
        let flags = isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let handle else {
            sqlite3_close_v2(handle)
            throw BenchError("\(path) cannot be opened.")
        }
        self.handle = handle
    }

    deinit {
        sqlite3_close_v2(handle)
    }

    func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw BenchError("The database refuses \(sql)", cause: String(cString: sqlite3_errmsg(handle)))
        }
    }

    func statement(_ sql: String) throws -> BareStatement {
        try BareStatement(self, sql)
    }

    /// The first column of the first row.
    func integer(_ sql: String) throws -> Int64 {
        let statement = try statement(sql)
        guard statement.step() else { throw BenchError("There is no row: \(sql)") }
        return statement.integer(0)
    }

    /// The blobs of the first column.
    func blobs(_ sql: String) throws -> [[UInt8]] {
        let statement = try statement(sql)
        var blobs: [[UInt8]] = []
        while statement.step() { blobs.append(statement.blob(0)) }
        return blobs
    }
}

/// A prepared statement.
final class BareStatement {
    private let database: BareDatabase
    private let statement: OpaquePointer

    fileprivate init(_ database: BareDatabase, _ sql: String) throws {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(database.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else {
            throw BenchError("The database refuses \(sql)", cause: String(cString: sqlite3_errmsg(database.handle)))
        }
        self.database = database
        self.statement = statement
    }

    deinit {
        sqlite3_finalize(statement)
    }

    func bind(_ value: Int64, at index: Int32) {
        sqlite3_bind_int64(statement, index, value)
    }

    func bind(_ value: [UInt8], at index: Int32) {
        // SQLite copies the value at once; the C macro of that name cannot be imported.
        let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        _ = value.withUnsafeBytes { sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), copying) }
    }

    /// - Returns: whether there is a row.
    func step() -> Bool { sqlite3_step(statement) == SQLITE_ROW }

    func reset() { sqlite3_reset(statement) }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    func blob(_ column: Int32) -> [UInt8] {
        let count = Int(sqlite3_column_bytes(statement, column))
        return Array(UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, column), count: count))
    }

    /// Reads every byte of a blob where it lies.
    func sum(_ column: Int32) -> Int {
        let count = Int(sqlite3_column_bytes(statement, column))
        return UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, column), count: count).reduce(0) {
            $0 + Int($1)
        }
    }
}
