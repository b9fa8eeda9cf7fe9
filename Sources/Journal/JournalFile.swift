import Foundation
import GRDB
import Storage
import Synchronization

/// The journal's file: what it holds in rows, and nothing about when.
final class JournalFile: Sendable {
    static let context = "scans.data"
    /// What the file's key check is made of.
    static let keyName = "journal"

    let pool: DatabasePool
    let epoch: UInt64
    private let present: Mutex<JournalSeals>
    /// Numbers that scans were given, and of which the file knows nothing: it has lost what it had.
    let lostNumbers: UInt64
    /// Changes of everything but scans that the file was known to have, and has not any more.
    let lostChanges: UInt64
    private let changesMark: ChangesMark
    let unreadable = UnreadableScans()

    /// - Parameters:
    ///   - holdsOlderRows: whether rows were put into a new file that may be sealed under the key before.
    ///   - told: what an earlier run has noted of the file that stood here.
    ///   - isNew: whether this one was made just now.
    ///   - brokenEpoch: the newest epoch of a broken file in whose place this one is; 0 for none.
    /// - Throws: ``StorageError`` `sealBroken` when the file was sealed under another key.
    init(
        pool: DatabasePool, vault: Vault, continuesEpoch: Bool, told: UnwrittenMark.Told? = nil, isNew: Bool = true,
        holdsOlderRows: Bool = false, brokenEpoch: Int64 = 0, now: Date,
        limits: JournalLimits
    ) throws {
        self.pool = pool
        present = Mutex(JournalSeals(vault))
        let mark = ChangesMark(path: pool.path)
        changesMark = mark
        let fresh = (holdsOlderRows ? vault.before : nil) ?? vault
        (epoch, lostNumbers, lostChanges) = try pool.write { database in
            _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(limits.filePagesMax)")
            // The commit thread chooses the moment, so that no scan waits for it.
            _ = try Int.fetchOne(database, sql: "PRAGMA wal_autocheckpoint = 0")
            let row = try Row.fetchOne(database, sql: "SELECT epoch, key_check, changes FROM journal")
            let found: Int64? = row?["epoch"]
            // Rows without it were saved out of a broken file when the power went.
            let isLeft = try row == nil && Bool.fetchOne(database, sql: Self.anyRow) == true
            let first = isLeft ? vault.before ?? vault : fresh
            let check: Data = row?["key_check"] ?? Data(first.keyCheck(of: Self.keyName))
            if vault.standing(check, of: Self.keyName) == .other {
                throw StorageError(
                    .sealBroken,
                    "\(pool.path) was sealed under another key. Put the key file back that belongs to it, or move the "
                        + "journal away, and a new one begins.")
            }
            let lost = isNew ? 0 : try JournalFile.lostNumbers(of: found, told, in: database)
            let lostChanges = isNew ? 0 : JournalFile.lostChanges(of: row, mark.told)
            if let found, continuesEpoch, lost == 0 {
                // It is told in this run, and what comes now counts from where the file is.
                if lostChanges > 0 { mark.note(epoch: UInt64(found), changes: row?["changes"] ?? 0) }
                return (UInt64(found), 0, lostChanges)
            }
            let earlier = try JournalFile.newestEpoch(in: database)
            let epoch = JournalFile.freshEpoch(
                after: max(found ?? 0, earlier, brokenEpoch, Int64(clamping: told?.epoch ?? 0)), now: now)
            try database.execute(
                sql: "INSERT OR REPLACE INTO journal (id, epoch, begun_at, key_check) VALUES (1, ?, ?, ?)",
                arguments: [epoch, JournalFile.microseconds(now), check])
            return (UInt64(epoch), lost, lostChanges)
        }
        // Without room for it the journal is slower, and nothing else.
        try? lengthenLog(limits: limits)
    }

    /// What rows are sealed with now.
    var seals: JournalSeals { present.withLock { $0 } }

    /// Seals from now on under another vault, which opens what was sealed so far.
    func change(to vault: Vault) {
        let seals = JournalSeals(vault)
        present.withLock { $0 = seals }
    }

    private static let anyRow = """
        SELECT EXISTS (SELECT 1 FROM scans) OR EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM operations)
            OR EXISTS (SELECT 1 FROM redemptions) OR EXISTS (SELECT 1 FROM lane_states)
            OR EXISTS (SELECT 1 FROM former_codes) OR EXISTS (SELECT 1 FROM forgotten)
            OR EXISTS (SELECT 1 FROM departing)
        """

    /// Makes the log as long as it grows in a usual hour, where it is shorter, and leaves it to be written over.
    private func lengthenLog(limits: JournalLimits) throws {
        let attributes = try? FileManager.default.attributesOfItem(atPath: pool.path + "-wal")
        guard (attributes?[.size] as? Int ?? 0) < limits.logBytesReady else { return }
        try pool.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try database.execute(sql: "CREATE TABLE filler (data BLOB)")
                try database.execute(sql: "INSERT INTO filler VALUES (zeroblob(?))", arguments: [limits.logBytesReady])
                // The pages stay with the file as free ones, so that it need not grow for the next scans either.
                try database.execute(sql: "DROP TABLE filler")
                return .commit
            }
            _ = try database.checkpoint(.passive)
        }
    }

    /// Milliseconds since 1970 and 16 random bits: later than every earlier one, and another one on every machine.
    static func freshEpoch(after earlier: Int64, now: Date) -> Int64 {
        let milliseconds = Int64(max(0, now.timeIntervalSince1970 * 1_000).rounded(.down)) & ((1 << 46) - 1)
        return max(milliseconds << 16 | Int64.random(in: 0..<1 << 16), earlier + 1)
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(StorageError) -> Value {
        do {
            return try pool.read(body)
        } catch {
            throw StorageError(database: error, path: pool.path)
        }
    }

    /// Writes what is no scan, in one transaction.
    func write<Value>(_ body: (Database) throws -> Value) throws(StorageError) -> Value {
        do {
            let (value, changes) = try pool.write { database in
                let value = try body(database)
                try database.cachedStatement(sql: Self.countChange).execute()
                return (value, try UInt64.fetchOne(database.cachedStatement(sql: Self.readChanges)))
            }
            changed(changes)
            return value
        } catch {
            throw StorageError(database: error, path: pool.path)
        }
    }

    static let countChange = "UPDATE journal SET changes = changes + 1"
    static let readChanges = "SELECT changes FROM journal"

    /// So many changes of what is no scan are on the disk.
    func changed(_ changes: UInt64?) {
        if let changes { changesMark.note(epoch: epoch, changes: changes) }
    }

    static func microseconds(_ date: Date) -> Int64 {
        Int64((date.timeIntervalSince1970 * 1_000_000).rounded())
    }

    /// How many of the numbers that are noted the file does not have.
    private static func lostNumbers(
        of epoch: Int64?, _ told: UnwrittenMark.Told?, in database: Database
    ) throws -> UInt64 {
        guard let told, told.epoch > 0 else { return 0 }
        // A file that has lost everything does not know its epoch either.
        guard let epoch else { return told.numbers }
        // An older file was put in its place, or the log with the newer epoch's beginning is gone.
        if told.epoch > UInt64(epoch) { return max(1, told.numbers) }
        guard told.epoch == UInt64(epoch) else { return 0 }
        let numbers = try lanes(of: epoch, in: database).reduce(UInt64(0)) { sum, lane in
            let sql = "SELECT max(sequence) FROM scans WHERE epoch = ? AND lane = ?"
            return try sum + (UInt64.fetchOne(database, sql: sql, arguments: [epoch, lane]) ?? 0)
        }
        return told.numbers > numbers ? told.numbers - numbers : 0
    }

    /// How many of the changes that are noted the file does not have.
    private static func lostChanges(of row: Row?, _ told: UnwrittenMark.Told?) -> UInt64 {
        guard let told, told.epoch > 0 else { return 0 }
        // What a file of another epoch had is told by its scans' numbers.
        guard let row else { return told.numbers }
        let (epoch, changes): (Int64, Int64) = (row["epoch"], row["changes"])
        guard told.epoch == UInt64(epoch), told.numbers > UInt64(changes) else { return 0 }
        return told.numbers - UInt64(changes)
    }

    static func newestEpoch(in database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT max(epoch) FROM scans") ?? 0
    }

    /// Where every lane of the present epoch stands. Looks at a few rows a lane, however many there are.
    func lanes() throws -> [String: LaneNumbers] {
        let epoch = Int64(epoch)
        return try pool.read { database in
            var lanes: [String: LaneNumbers] = [:]
            for lane in try JournalFile.lanes(of: epoch, in: database) {
                let row = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT (SELECT min(sequence) FROM scans WHERE epoch = :epoch AND lane = :lane) AS first,
                            (SELECT max(sequence) FROM scans WHERE epoch = :epoch AND lane = :lane) AS last,
                            (SELECT acknowledged FROM lanes WHERE epoch = :epoch AND lane = :lane) AS acknowledged
                        """, arguments: ["epoch": epoch, "lane": lane])
                guard let row, let first: Int64 = row["first"], let last: Int64 = row["last"] else { continue }
                let acknowledged: Int64 = row["acknowledged"] ?? 0
                lanes[lane] = LaneNumbers(
                    firstKept: UInt64(first), last: UInt64(last), acknowledged: UInt64(acknowledged))
            }
            return lanes
        }
    }

    static func lanes(of epoch: Int64, in database: Database) throws -> [String] {
        var lanes: [String] = []
        // The index finds each next lane at once; GROUP BY would read every row.
        let first = "SELECT lane FROM scans WHERE epoch = ? ORDER BY lane LIMIT 1"
        let later = "SELECT lane FROM scans WHERE epoch = ? AND lane > ? ORDER BY lane LIMIT 1"
        var next = try String.fetchOne(database, sql: first, arguments: [epoch])
        while let lane = next {
            lanes.append(lane)
            next = try String.fetchOne(database, sql: later, arguments: [epoch, lane])
        }
        return lanes
    }
}
