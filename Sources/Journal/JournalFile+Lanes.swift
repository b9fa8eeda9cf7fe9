import Foundation
import GRDB
import Storage

extension JournalFile {
    /// What a lane had to know after a restart; `nil` when nothing was noted.
    func state(lane: String) throws(StorageError) -> [UInt8]? {
        try read { database in
            try Data.fetchOne(database, sql: "SELECT state FROM lane_states WHERE lane = ?", arguments: [lane])
                .map { try self.seals.states.open($0) }
        }
    }

    func record(of operation: Operation) throws(StorageError) -> OperationRecord {
        try read { database in
            let statement = try database.cachedStatement(sql: "SELECT payload, answer FROM operations WHERE id = ?")
            guard let row = try Row.fetchOne(statement, arguments: [Data(operation.key)]) else { return .new }
            guard operation.isCall(Array(row["payload"] as Data)) else { return .other }
            let sealed: Data = row["answer"]
            return .answered(try self.seals.answers.open(sealed))
        }
    }

    /// Deletes operations that are too old, or too many of one lane, as many as one step may.
    /// - Returns: whether the step found as much as it may delete.
    func trimOperations(now: Date, limits: JournalLimits) throws(StorageError) -> Bool {
        let cutoff = JournalFile.microseconds(now) - limits.operationsKeptFor.components.seconds * 1_000_000
        let step = Int64(limits.trimScansMax)
        do {
            return try pool.write { database in
                try database.execute(
                    sql: """
                        DELETE FROM operations WHERE id IN (
                            SELECT id FROM operations WHERE answered_at < ? ORDER BY answered_at LIMIT ?)
                        """, arguments: [cutoff, step])
                var count = Int64(database.changesCount)
                let lanes = try String.fetchAll(database, sql: "SELECT DISTINCT lane FROM operations")
                for lane in lanes where count < step {
                    // The newest of those that are too many of the lane.
                    let tooMany = try Int64.fetchOne(
                        database,
                        sql: """
                            SELECT answered_at FROM operations WHERE lane = ?
                            ORDER BY answered_at DESC LIMIT 1 OFFSET ?
                            """, arguments: [lane, limits.operationsKeptMax])
                    guard let tooMany else { continue }
                    try database.execute(
                        sql: """
                            DELETE FROM operations WHERE id IN (
                                SELECT id FROM operations WHERE lane = ? AND answered_at <= ?
                                ORDER BY answered_at LIMIT ?)
                            """, arguments: [lane, tooMany, step - count])
                    count += Int64(database.changesCount)
                }
                return count >= step
            }
        } catch {
            throw StorageError(database: error, path: pool.path)
        }
    }
}
