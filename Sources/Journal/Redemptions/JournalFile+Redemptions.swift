import Foundation
import GRDB
import Storage

extension JournalFile {
    func redemptions(where condition: String, _ argument: Data) throws(StorageError) -> [Redemption] {
        try read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT id, state, expires_at, changed_at, content FROM redemptions WHERE \(condition)
                    ORDER BY changed_at DESC LIMIT ?
                    """)
            return try Row.fetchAll(statement, arguments: [argument, JournalLimits.redemptionsReadMax]).compactMap {
                try self.redemption($0)
            }
        }
    }

    private func redemption(_ row: Row) throws -> Redemption? {
        let sealed: Data = row["content"]
        let parts = String(decoding: try seals.redemptions.open(Array(sealed)), as: UTF8.self)
            .split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
        // Those of an earlier version hold no source.
        guard parts.count == 4 || parts.count == 5 else { return nil }
        let (id, expiresAt, changedAt): (Data, Int64, Int64) = (row["id"], row["expires_at"], row["changed_at"])
        return Redemption(
            id: Array(id), customer: parts[0], benefit: parts[1], lane: parts[2], basket: parts[3],
            source: parts.count == 5 ? parts[4] : "", state: row["state"],
            expiresAt: Date(timeIntervalSince1970: Double(expiresAt) / 1_000_000),
            changedAt: Date(timeIntervalSince1970: Double(changedAt) / 1_000_000))
    }

    /// - Returns: those of the drafts that were not in the outbox before.
    func write(_ redemption: Redemption, drafts: [OutboxDraft]) throws(StorageError) -> [SealedDraft] {
        // None of the parts can hold the byte between them: they are texts of the wire, which has no zero in a text.
        let parts = [redemption.customer, redemption.benefit, redemption.lane, redemption.basket, redemption.source]
        let time = JournalFile.microseconds(redemption.changedAt)
        return try write { database in
            let seals = seals
            let content = try seals.redemptions.seal(Array(parts.joined(separator: "\0").utf8))
            let subject = seals.outbox.subject(redemption.customer)
            let sealed = try drafts.filter(\.fits).map { try seals.outbox.seal($0) }
            try database.execute(
                sql: """
                    INSERT INTO redemptions VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET state = excluded.state, expires_at = excluded.expires_at,
                        changed_at = excluded.changed_at
                    """,
                arguments: [
                    Data(redemption.id), Data(subject), redemption.state,
                    JournalFile.microseconds(redemption.expiresAt), time, Data(content),
                ])
            let statement = try database.cachedStatement(sql: JournalFile.insertDraft)
            return try sealed.filter { draft in
                try statement.execute(
                    arguments: [
                        draft.system, draft.kind, Data(draft.key), Data(draft.digest), draft.subject.map { Data($0) },
                        Data(draft.content), time, time, time, draft.request.map { Data($0) },
                        draft.place.map { Data($0) },
                    ])
                return database.changesCount == 1
            }
        }
    }

    /// - Returns: how many there were.
    func moveRedemptions(of customer: String, to successor: String) throws(StorageError) -> Int {
        let (before, after) = (Data(seals.outbox.subject(customer)), Data(seals.outbox.subject(successor)))
        return try write { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT id, content FROM redemptions WHERE subject = ?", arguments: [before])
            let sealer = seals.redemptions
            for row in rows {
                let (id, sealed): (Data, Data) = (row["id"], row["content"])
                // One that nobody can read still counts for nobody else.
                guard let plain = try? sealer.open(Array(sealed)) else { continue }
                let rest = plain.drop { $0 != 0 }
                let content = try sealer.seal(Array(successor.utf8) + rest)
                try database.execute(
                    sql: "UPDATE redemptions SET subject = ?, content = ? WHERE id = ?",
                    arguments: [after, Data(content), id])
            }
            return rows.count
        }
    }

    func redemptionCount() throws(StorageError) -> Int {
        // The index on the times is the smallest of the table, and SQLite counts by it.
        try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM redemptions") ?? 0 }
    }

    func eraseRedemptions(of customer: String) throws(StorageError) {
        let subject = Data(seals.outbox.subject(customer))
        try write { try $0.execute(sql: "DELETE FROM redemptions WHERE subject = ?", arguments: [subject]) }
    }

    /// Forgets uses that changed long ago, as many as one step may.
    /// - Returns: whether the step found as much as it may delete.
    func trimRedemptions(now: Date, limits: JournalLimits) throws(StorageError) -> Bool {
        let cutoff = JournalFile.microseconds(now) - limits.redemptionsKeptFor.components.seconds * 1_000_000
        return try write { database in
            try database.execute(
                sql: """
                    DELETE FROM redemptions WHERE id IN (
                        SELECT id FROM redemptions WHERE changed_at < ? ORDER BY changed_at LIMIT ?)
                    """, arguments: [cutoff, Int64(limits.trimScansMax)])
            return database.changesCount >= Int(limits.trimScansMax)
        }
    }
}
