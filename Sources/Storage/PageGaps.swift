import Foundation
package import GRDB
import GRDBSQLite

/// What SQLite leaves between the rows of a database's pages.
///
/// A deleted row is overwritten where it stands. But when pages are split or joined, rows are copied, and what was left of them in the
/// part of a page that has no rows stays there, out of every deletion's reach, until a row needs the room: about one row in a
/// thousand has such a copy. Here that part of every page is overwritten, some pages at a time while everything goes on.
///
/// It is written into the file itself, at a moment when nothing is in the log and nobody else writes. No reader looks at that
/// part (https://www.sqlite.org/fileformat.html, section 1.6), and a write that is cut off has changed nothing else.
struct PageGaps {
    private let pool: DatabasePool
    /// From 1.
    private var next: Int64 = 1

    init(of pool: DatabasePool) { self.pool = pool }

    /// Overwrites the gaps of the next pages.
    /// - Returns: `nil` when a reader held the log for longer than ``StorageLimits/gapBusyTimeout``; otherwise whether pages are
    ///   left.
    mutating func step() throws -> Bool? {
        let first = next
        let count: Int64?
        do {
            count = try pool.writeWithoutTransaction { database in
                // Whoever wants to write waits as long as this does.
                let wait = try Int64.fetchOne(database, sql: "PRAGMA busy_timeout") ?? 0
                try Self.setBusyTimeout(StorageLimits.gapBusyTimeout / .milliseconds(1), of: database)
                defer { try? Self.setBusyTimeout(Double(wait), of: database) }
                _ = try database.checkpoint(.truncate)
                var count: Int64 = 0
                try database.inTransaction(.immediate) {
                    count = try Self.overwrite(from: first, in: database)
                    return .rollback
                }
                return count
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            return nil
        }
        next += StorageLimits.gapStepPages
        return next <= count ?? 0
    }

    /// - Parameter milliseconds: how long the connection waits for another one's lock from now on.
    private static func setBusyTimeout(_ milliseconds: Double, of database: Database) throws {
        _ = try Int64.fetchOne(database, sql: "PRAGMA busy_timeout = \(Int64(milliseconds))")
    }

    /// - Returns: how many pages there are.
    private static func overwrite(from first: Int64, in database: Database) throws -> Int64 {
        let count = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let pageBytes = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
        guard let connection = database.sqliteConnection, first <= count, pageBytes >= 512 else { return count }
        // The writer must not write a page again as it remembers it.
        sqlite3_db_release_memory(connection)
        let file = try DatabaseFileHandle(connection)
        var page = [UInt8](repeating: 0, count: pageBytes)
        var isChanged = false
        for number in first...min(count, first + StorageLimits.gapStepPages - 1) {
            let place = (number - 1) * Int64(pageBytes)
            try file.read(&page, at: place)
            guard let gap = gap(of: page, isFirst: number == 1), page[gap].contains(where: { $0 != 0 }) else {
                continue
            }
            try file.write([UInt8](repeating: 0, count: gap.count), at: place + Int64(gap.lowerBound))
            isChanged = true
        }
        if isChanged { try file.synchronise() }
        return count
    }

    /// The part of a page between the places of its rows and the rows.
    /// - Returns: `nil` for a page that is none of a table or an index, or is damaged.
    static func gap(of page: [UInt8], isFirst: Bool) -> Range<Int>? {
        let head = isFirst ? 100 : 0
        let headBytes: Int
        switch page[head] {
        case 2, 5: headBytes = 12
        case 10, 13: headBytes = 8
        default: return nil
        }
        let rows = Int(page[head + 3]) << 8 | Int(page[head + 4])
        let content = Int(page[head + 5]) << 8 | Int(page[head + 6])
        let begin = head + headBytes + 2 * rows
        let end = content == 0 ? 65_536 : content
        return begin < end && end <= page.count ? begin..<end : nil
    }
}

/// The file of a connection's database, by the connection's own handle: another one would give up the process's locks when it is
/// closed (https://www.sqlite.org/howtocorrupt.html, section 2.2).
private struct DatabaseFileHandle {
    private let connection: OpaquePointer
    private let file: UnsafeMutablePointer<sqlite3_file>
    private let methods: sqlite3_io_methods

    init(_ connection: OpaquePointer) throws {
        var pointer: UnsafeMutablePointer<sqlite3_file>?
        let code = sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &pointer)
        guard code == SQLITE_OK, let file = pointer, let methods = file.pointee.pMethods?.pointee else {
            throw HeldStatement.failure(code == SQLITE_OK ? SQLITE_MISUSE : code, connection)
        }
        (self.connection, self.file, self.methods) = (connection, file, methods)
    }

    func read(_ bytes: inout [UInt8], at place: Int64) throws {
        let count = Int32(bytes.count)
        try check(bytes.withUnsafeMutableBytes { methods.xRead?(file, $0.baseAddress, count, place) })
    }

    func write(_ bytes: [UInt8], at place: Int64) throws {
        try check(bytes.withUnsafeBytes { methods.xWrite?(file, $0.baseAddress, Int32($0.count), place) })
    }

    func synchronise() throws { try check(methods.xSync?(file, SQLITE_SYNC_NORMAL)) }

    private func check(_ code: Int32?) throws {
        guard let code, code == SQLITE_OK else { throw HeldStatement.failure(code ?? SQLITE_MISUSE, connection) }
    }
}

extension DatabaseFile {
    /// Empties a database's log, and overwrites what is left of deleted rows anywhere in its file. It waits for the disk, and lets
    /// others write in between.
    /// - Parameter goesOn: asked before every half megabyte, on the caller's thread; false ends it there.
    /// - Returns: false when readers held the log for some seconds, or it was ended.
    /// - Throws: ``StorageError``: what the disk refuses.
    package static func wipe(
        _ pool: DatabasePool, while goesOn: () -> Bool = { true }
    ) throws(StorageError) -> Bool {
        do {
            var gaps = PageGaps(of: pool)
            var triesLeft = StorageLimits.gapTriesMax
            while goesOn() {
                guard let hasMore = try gaps.step() else {
                    triesLeft -= 1
                    guard triesLeft > 0 else { return false }
                    // Whoever wants to write has his turn.
                    Thread.sleep(forTimeInterval: StorageLimits.gapBusyTimeout / .seconds(1))
                    continue
                }
                if !hasMore { return true }
            }
            return false
        } catch {
            throw StorageError(database: error, path: pool.path)
        }
    }
}
