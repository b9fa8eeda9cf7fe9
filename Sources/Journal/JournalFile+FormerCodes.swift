import Foundation
import GRDB
import Storage

/// The codes of customers who went on as another one: scans under them are that one's, and an erasure has to find them.
extension JournalFile {
    /// - Parameters:
    ///   - customer: who was known by the codes.
    ///   - successor: who has them from now on.
    func keepFormerCodes(
        _ content: [UInt8], of customer: String, now successor: String, at time: Date
    ) throws(StorageError) {
        try write { database in
            let seals = seals
            try database.execute(
                sql: "INSERT OR REPLACE INTO former_codes VALUES (?, ?, ?, ?)",
                arguments: [
                    Data(seals.outbox.subject(customer)), JournalFile.microseconds(time),
                    Data(seals.outbox.subject(successor)), Data(try seals.formerCodes.seal(content)),
                ])
        }
    }

    /// What was kept under former codes of a customer. Ones that cannot be opened are nobody's.
    func formerCodes(of customer: String) throws(StorageError) -> [[UInt8]] {
        try read { database in
            let sealer = seals.formerCodes
            return try Data.fetchAll(
                database, sql: "SELECT content FROM former_codes WHERE subject = ? LIMIT ?",
                arguments: [Data(seals.outbox.subject(customer)), JournalLimits.formerCodesReadMax]
            ).compactMap { try? sealer.open(Array($0)) }
        }
    }

    func moveFormerCodes(of customer: String, to successor: String) throws(StorageError) {
        let (before, after) = (Data(seals.outbox.subject(customer)), Data(seals.outbox.subject(successor)))
        try write { database in
            try database.execute(
                sql: "UPDATE former_codes SET subject = ? WHERE subject = ?", arguments: [after, before])
        }
    }

    func eraseFormerCodes(of customer: String) throws(StorageError) {
        let subject = Data(seals.outbox.subject(customer))
        try write { try $0.execute(sql: "DELETE FROM former_codes WHERE subject = ?", arguments: [subject]) }
    }

    /// Forgets codes of which no scan is kept any more, as many as one step may.
    /// - Returns: whether the step found as much as it may delete.
    func trimFormerCodes(now: Date, limits: JournalLimits) throws(StorageError) -> Bool {
        let kept = limits.formerCodesKeptFor
        let cutoff = JournalFile.microseconds(now) - kept.components.seconds * 1_000_000
        return try write { database in
            try database.execute(
                sql: """
                    DELETE FROM former_codes WHERE id IN (
                        SELECT id FROM former_codes WHERE noted_at < ? LIMIT ?)
                    """, arguments: [cutoff, Int64(limits.trimScansMax)])
            return database.changesCount >= Int(limits.trimScansMax)
        }
    }
}
