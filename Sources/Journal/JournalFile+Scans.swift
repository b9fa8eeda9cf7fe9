import Foundation
import GRDB
import Storage

extension JournalFile {
    private static let selectScans = """
        SELECT sequence, data, symbology, aim, device, family, scanned_at, attachment, expired, boot, since_boot
        FROM scans
        WHERE epoch = ? AND lane = ? AND sequence > ? ORDER BY sequence LIMIT ?
        """

    /// Writes a batch in one transaction, which is on the disk when this returns, or not at all.
    /// - Parameter statements: the commit thread's own, made at its first commit.
    /// - Returns: those of its drafts that were not in the outbox before.
    func write(
        _ batch: CommitQueue.Batch, now: Date, with statements: inout JournalStatements?
    ) throws(StorageError) -> [SealedDraft] {
        do {
            let (posted, changes) = try pool.writeWithoutTransaction { database in
                // Nobody else writes meanwhile, so that a change of the key is before all of it or behind.
                let sealed = try SealedBatch(batch, with: seals)
                let held: JournalStatements
                if let statements {
                    held = statements
                } else {
                    guard let connection = database.sqliteConnection else {
                        throw DatabaseError(resultCode: .SQLITE_MISUSE)
                    }
                    held = try JournalStatements(connection, epoch: epoch)
                    statements = held
                }
                return (try held.write(batch, sealed: sealed, now: now), held.changes)
            }
            changed(changes)
            return posted
        } catch {
            throw StorageError(database: error, path: pool.path)
        }
    }

    /// Gives the statements up, which must be before the pool is closed.
    func release(_ statements: inout JournalStatements?) {
        pool.writeWithoutTransaction { _ in statements = nil }
    }

    /// The scans of a lane after a number, oldest first, opened. One whose seal is broken comes empty, as an erased one does,
    /// and is counted: a till that waits for those behind it must not wait for ever.
    func scans(lane: String, after sequence: UInt64, limit: Int) throws(StorageError) -> [JournaledScan] {
        do {
            return try pool.read { database in
                let statement = try database.cachedStatement(sql: JournalFile.selectScans)
                let after = Int64(clamping: sequence)
                let rows = try Row.fetchCursor(statement, arguments: [Int64(epoch), lane, after, limit])
                var scans: [JournaledScan] = []
                let sealer = seals.scans
                while let row = try rows.next() { scans.append(scan(of: row, lane: lane, sealer)) }
                return scans
            }
        } catch {
            throw StorageError(database: error, path: pool.path)
        }
    }

    private func scan(of row: Row, lane: String, _ sealer: Sealer) -> JournaledScan {
        let sealed: Data? = row["data"]
        let data = sealed.flatMap { try? sealer.open($0) }
        if sealed != nil, data == nil {
            unreadable.note(EpochPlace(epoch: Int64(epoch), lane: lane, sequence: row["sequence"]))
        }
        let microseconds: Int64 = row["scanned_at"]
        var bootTime: BootTime?
        if let boot: Int64 = row["boot"], let sinceBoot: Int64 = row["since_boot"] {
            bootTime = BootTime(boot: boot, elapsed: .microseconds(sinceBoot))
        }
        let entry = ScanEntry(
            lane: lane, data: data ?? [], symbology: row["symbology"],
            aim: row["aim"], device: row["device"],
            scannedAt: Date(timeIntervalSince1970: Double(microseconds) / 1_000_000), bootTime: bootTime,
            family: row["family"])
        return JournaledScan(
            epoch: epoch, sequence: row["sequence"], entry: entry, attachment: row["attachment"],
            expired: row["expired"])
    }
}
