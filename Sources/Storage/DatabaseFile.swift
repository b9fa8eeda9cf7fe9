package import Foundation
package import GRDB

/// Opens the edge's SQLite files: checked before anything is written to them, under one set of rules, brought to the
/// present schema.
///
/// A file that is broken or belongs to another program is set aside under another name, or refused; it is never deleted.
package enum DatabaseFile {
    /// What a commit waits for (https://www.sqlite.org/pragma.html#pragma_synchronous).
    package enum Synchronous: String, Sendable {
        /// Consistent after a power cut, but the last commits may be undone.
        case normal = "NORMAL"
        /// Each commit is on the disk before it returns.
        case full = "FULL"
    }

    /// What happens to a file that cannot be used.
    package enum IfBroken: Sendable {
        /// It is renamed to `NAME.broken-TIME` together with its log, and a new file begins.
        case setAside
        /// The error is thrown.
        case fail
    }

    /// How much of a file is read before it is used.
    package enum Look: Sendable {
        /// All of it (https://www.sqlite.org/pragma.html#pragma_quick_check).
        case whole
        /// The header, the schema, and what these statements read, each of which gives the word `ok`. Whoever asks for
        /// so little has a ``WholeCheck`` run afterwards.
        case sample([String])
    }

    /// Opens a database, or makes it.
    /// - Parameters:
    ///   - applicationID: the number by which the file is known as this program's
    ///     (https://www.sqlite.org/fileformat.html, section 1.3.16).
    ///   - schema: the migrations. `user_version` counts those that were applied, so they are only ever added to.
    ///   - synchronous: what the writer's commits wait for.
    ///   - ifBroken: what happens to a file that is no database, breaks its own rules, or is another program's.
    ///   - look: how much of the file is read first.
    ///   - now: the time for the name of a file set aside.
    /// - Returns: the pool, whose writer is the only one, and the path of what was set aside.
    /// - Throws: ``StorageError``: `newerSchema` for a file of a later version, which is left as it is in either case;
    ///   `notADatabase`, `wrongApplication`, `corrupt` when `ifBroken` says so; `diskFull`, `readOnly`, `inputOutput`.
    package static func openPool(
        path: String, applicationID: Int32, schema: DatabaseMigrator, synchronous: Synchronous, ifBroken: IfBroken,
        look: Look = .whole, now: Date = Date()
    ) throws(StorageError) -> (pool: DatabasePool, setAside: String?) {
        let expected = Expectation(path: path, applicationID: applicationID, schema: schema, look: look)
        do {
            return (try open(expected, synchronous: synchronous), nil)
        } catch {
            guard error.isBrokenFile, ifBroken == .setAside else { throw error }
            let name = try setAside(path: path, now: now)
            return (try open(expected, synchronous: synchronous), name)
        }
    }

    /// What a file must be.
    struct Expectation {
        let path: String
        let applicationID: Int32
        let schema: DatabaseMigrator
        let look: Look

        var version: Int { schema.migrations.count }
    }

    private static func open(
        _ expected: Expectation, synchronous: Synchronous
    ) throws(StorageError) -> DatabasePool {
        try makeFile(at: expected.path)
        try checkNotEmptied(expected.path)
        if synchronous == .full { try checkLog(expected.path) }
        try inspect(expected)
        let pool: DatabasePool
        do {
            pool = try DatabasePool(path: expected.path, configuration: configuration())
        } catch {
            throw StorageError(database: error, path: expected.path)
        }
        do {
            try pool.writeWithoutTransaction { database in
                // The pool has set NORMAL when it turned the write-ahead log on.
                try database.execute(sql: "PRAGMA synchronous = \(synchronous.rawValue)")
                let bytes = StorageLimits.walFileBytesKept
                _ = try Int.fetchOne(database, sql: "PRAGMA journal_size_limit = \(bytes)")
            }
            try bringUp(pool, to: expected)
            return pool
        } catch {
            // The error that led here says more than one of closing would.
            try? pool.close()
            throw StorageError(database: error, path: expected.path)
        }
    }

    private static func bringUp(_ pool: DatabasePool, to expected: Expectation) throws {
        let version = try pool.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
        guard version != expected.version else { return }
        try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA application_id = \(expected.applicationID)")
        }
        try expected.schema.migrate(pool)
        try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA user_version = \(expected.version)")
            // Who asks the file itself for its schema, such as a package's script, finds it there after a power cut, too.
            _ = try? database.checkpoint(.truncate)
        }
    }

    /// Closes a pool and carries its log over into the database, which a pool by itself leaves to the next start.
    /// - Throws: ``StorageError`` when the disk refuses. What was committed is safe in the log.
    package static func close(_ pool: DatabasePool) throws(StorageError) {
        do {
            // Whoever still reads keeps the log from being emptied, and loses nothing by it.
            _ = try? pool.writeWithoutTransaction { database in
                let milliseconds = Int(StorageLimits.closeWait / .milliseconds(1))
                _ = try Int.fetchOne(database, sql: "PRAGMA busy_timeout = \(milliseconds)")
                try database.checkpoint(.truncate)
            }
            // Only a connection that writes removes the log, so it must be the last.
            pool.invalidateReadOnlyConnections()
            try pool.close()
        } catch {
            throw StorageError(database: error, path: pool.path)
        }
    }

    /// The settings of every connection (https://www.sqlite.org/security.html, section 1).
    static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(Double(StorageLimits.busyTimeout.components.seconds))
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
            try database.execute(sql: "PRAGMA cell_size_check = ON")
            _ = try Int.fetchOne(database, sql: "PRAGMA secure_delete = ON")
            _ = try Int.fetchOne(database, sql: "PRAGMA mmap_size = 0")
            _ = try Int.fetchOne(database, sql: "PRAGMA wal_autocheckpoint = \(StorageLimits.checkpointPages)")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return configuration
    }
}
