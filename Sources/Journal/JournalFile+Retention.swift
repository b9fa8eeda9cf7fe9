import Foundation
import GRDB
import Storage

extension JournalFile {
    /// Deletes the oldest scans of a lane, as many as one step may.
    ///
    /// What a till has acknowledged goes first: it is the older part of a lane, and its time is shorter. The newest scan
    /// of a lane always stays, because the numbering continues from it.
    /// - Returns: the oldest scan that is left, and whether the step found as much as it may delete.
    func trim(
        lane: String, numbers: LaneNumbers, now: Date, limits: JournalLimits
    ) throws(StorageError) -> (firstKept: UInt64, isFullStep: Bool) {
        let first = numbers.firstKept
        let stepEnd = min(first + limits.trimScansMax, numbers.last)
        let time = JournalFile.microseconds(now)
        let cutoff = time - limits.keptFor.components.seconds * 1_000_000
        let lastCutoff = time - limits.unacknowledgedKeptFor.components.seconds * 1_000_000
        do {
            let keep = try pool.write { database in
                let tooOldBefore = try UInt64.fetchOne(
                    database,
                    sql: """
                        SELECT coalesce(min(sequence), :end) FROM scans WHERE epoch = :epoch AND lane = :lane
                        AND sequence BETWEEN :first AND :end AND (sequence = :end
                            OR scanned_at >= CASE WHEN sequence <= :acknowledged THEN :cutoff ELSE :last_cutoff END)
                        """,
                    arguments: [
                        "epoch": Int64(epoch), "lane": lane, "first": Int64(first), "end": Int64(stepEnd),
                        "cutoff": cutoff, "last_cutoff": lastCutoff,
                        "acknowledged": Int64(clamping: numbers.acknowledged),
                    ])
                let tooManyBefore =
                    numbers.keptCount > limits.keptScansMax ? numbers.last - limits.keptScansMax + 1 : first
                let keep = min(max(tooOldBefore ?? first, tooManyBefore), stepEnd)
                guard keep > first else { return first }
                try database.execute(
                    sql: "DELETE FROM scans WHERE epoch = ? AND lane = ? AND sequence < ?",
                    arguments: [Int64(epoch), lane, Int64(keep)])
                return keep
            }
            return (keep, keep == stepEnd && keep < numbers.last)
        } catch {
            throw StorageError(database: error, path: pool.path)
        }
    }

    /// Deletes rows of earlier epochs that are too old, as many as one step may.
    /// - Returns: whether the step found as much as it may delete.
    func trimHistory(now: Date, limits: JournalLimits) throws(StorageError) -> Bool {
        let cutoff = JournalFile.microseconds(now) - limits.keptFor.components.seconds * 1_000_000
        do {
            return try pool.write { database in
                try database.execute(
                    sql: """
                        DELETE FROM scans WHERE (epoch, lane, sequence) IN (
                            SELECT epoch, lane, sequence FROM (
                                SELECT epoch, lane, sequence, scanned_at FROM scans WHERE epoch < ?
                                ORDER BY epoch, lane, sequence LIMIT ?)
                            WHERE scanned_at < ?)
                        """, arguments: [Int64(epoch), Int64(limits.trimScansMax), cutoff])
                return database.changesCount >= Int(limits.trimScansMax)
            }
        } catch {
            throw StorageError(database: error, path: pool.path)
        }
    }

    /// The latest time that is known from the rows; `nil` when there are none, or they cannot be read. Looks at a few rows.
    func newestTime() -> Date? {
        let queries = [
            "SELECT max(answered_at) FROM operations", "SELECT max(changed_at) FROM redemptions",
            "SELECT created_at FROM outbox ORDER BY id DESC LIMIT 1",
        ]
        var times = queries.compactMap { sql in try? pool.read { try Int64.fetchOne($0, sql: sql) } ?? nil }
        for lane in (try? pool.read { try JournalFile.lanes(of: Int64(epoch), in: $0) }) ?? [] {
            let sql = "SELECT scanned_at FROM scans WHERE epoch = ? AND lane = ? ORDER BY sequence DESC LIMIT 1"
            let time = try? pool.read { try Int64.fetchOne($0, sql: sql, arguments: [Int64(epoch), lane]) }
            if let time = time ?? nil { times.append(time) }
        }
        return times.max().map { Date(timeIntervalSince1970: Double($0) / 1_000_000) }
    }

    /// Carries the log over into the database, as far as no reader holds it.
    func checkpoint() throws(StorageError) {
        do {
            _ = try pool.writeWithoutTransaction { try $0.checkpoint(.passive) }
        } catch {
            throw StorageError(database: error, path: pool.path)
        }
    }
}
