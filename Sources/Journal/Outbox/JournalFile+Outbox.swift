import Foundation
import GRDB
import Storage

extension JournalFile {
    static let insertDraft = """
        INSERT OR IGNORE INTO outbox
            (system, kind, key, digest, subject, content, state, due_at, created_at, changed_at, request, place)
        VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)
        """
    private static let columns = """
        id, system, kind, content, state, attempts, checks, due_at, reason, created_at, changed_at, revision
        """
    /// Of the entries of a subject, the first that is not at its end is the only one that moves.
    private static let firstEntry = """
        SELECT \(columns) FROM outbox AS entry
        WHERE system = ? AND state < 10 AND state <> 2 AND NOT EXISTS (
            SELECT 1 FROM outbox AS earlier WHERE earlier.system = entry.system AND earlier.subject = entry.subject
                AND earlier.id < entry.id AND earlier.state < 10)
        ORDER BY due_at, id LIMIT 1
        """

    func post(_ draft: OutboxDraft, now: Date) throws(StorageError) -> OutboxPosted {
        let time = JournalFile.microseconds(now)
        return try write { database in
            let seal = seals.outbox
            let sealed = try seal.seal(draft)
            let statement = try database.cachedStatement(sql: JournalFile.insertDraft)
            try statement.execute(
                arguments: [
                    sealed.system, sealed.kind, Data(sealed.key), Data(sealed.digest), sealed.subject.map { Data($0) },
                    Data(sealed.content), time, time, time, sealed.request.map { Data($0) },
                    sealed.place.map { Data($0) },
                ])
            if database.changesCount == 1 { return .queued(database.lastInsertedRowID) }
            let row =
                if let request = sealed.request {
                    try Row.fetchOne(
                        database,
                        sql: "SELECT id, digest, state FROM outbox WHERE request = ? OR (system = ? AND key = ?)",
                        arguments: [Data(request), sealed.system, Data(sealed.key)])
                } else {
                    try Row.fetchOne(
                        database, sql: "SELECT id, digest, state FROM outbox WHERE system = ? AND key = ?",
                        arguments: [sealed.system, Data(sealed.key)])
                }
            return row.flatMap { row in Self.known(row) { seal.isSame($0, as: draft) } } ?? .otherOperation
        }
    }

    /// What became of a request; `nil` when nothing is known of it.
    func record(of request: OutboxRequest) throws(StorageError) -> OutboxPosted? {
        let seal = seals.outbox
        let key = seal.key(of: request)
        return try read { database in
            let statement = try database.cachedStatement(sql: "SELECT id, digest, state FROM outbox WHERE request = ?")
            guard let row = try Row.fetchOne(statement, arguments: [Data(key)]) else { return nil }
            return Self.known(row) { self.seals.outbox.isSame($0, as: request) } ?? .otherOperation
        }
    }

    private static func known(_ row: Row, isSame: ([UInt8]) -> Bool) -> OutboxPosted? {
        guard isSame(Array(row["digest"] as Data)) else { return nil }
        return OutboxState(rawValue: row["state"]).map { .known(row["id"], $0) }
    }

    /// The entry of a system that is tried or looked for next, whether its time has come or not.
    func firstEntry(system: String) throws(StorageError) -> OutboxEntry? {
        try entries(sql: Self.firstEntry, [system]).first
    }

    /// Entries that were being delivered when a process ended.
    func sendingEntries(system: String, limit: Int) throws(StorageError) -> [OutboxEntry] {
        let sql = "SELECT \(Self.columns) FROM outbox WHERE system = ? AND state = 2 ORDER BY id LIMIT ?"
        return try entries(sql: sql, [system, limit])
    }

    func entries(
        system: String?, states: [OutboxState], after id: Int64, limit: Int
    ) throws(StorageError) -> [OutboxEntry] {
        let words = states.map { String($0.rawValue) }.joined(separator: ", ")
        let sql = """
            SELECT \(Self.columns) FROM outbox
            WHERE id > ? AND (? IS NULL OR system = ?) AND (? OR state IN (\(words))) ORDER BY id LIMIT ?
            """
        return try entries(sql: sql, [id, system, system, states.isEmpty, limit])
    }

    /// As the index on the kinds has them.
    private static let isUndelivered = "(state < 10 OR state = 12)"

    func undelivered(
        _ kind: String, system: String, after id: Int64, limit: Int
    ) throws(StorageError) -> [OutboxEntry] {
        let sql = """
            SELECT \(Self.columns) FROM outbox WHERE system = ? AND kind = ? AND id > ? AND \(Self.isUndelivered)
            ORDER BY id LIMIT ?
            """
        return try entries(sql: sql, [system, kind, id, limit])
    }

    func newestEntry(at place: String, system: String) throws(StorageError) -> OutboxEntry? {
        let sql = "SELECT \(Self.columns) FROM outbox WHERE place = ? ORDER BY id DESC LIMIT 1"
        return try entries(sql: sql, [Data(seals.outbox.place(place, of: system))]).first
    }

    func undelivered(
        at place: String, system: String, before id: Int64, limit: Int
    ) throws(StorageError) -> [OutboxEntry] {
        let sql = """
            SELECT \(Self.columns) FROM outbox WHERE place = ? AND id < ? AND \(Self.isUndelivered)
            ORDER BY id LIMIT ?
            """
        return try entries(sql: sql, [Data(seals.outbox.place(place, of: system)), id, limit])
    }

    func entry(_ id: Int64) throws(StorageError) -> OutboxEntry? {
        try entries(sql: "SELECT \(Self.columns) FROM outbox WHERE id = ?", [id]).first
    }

    /// Writes where an entry stands now, unless somebody else did meanwhile. One that is to be told anew, and whose customer was
    /// merged while it was on its way, has the other one's address from now on.
    /// - Returns: whether it was written.
    func note(_ standing: OutboxStanding, of id: Int64) throws(StorageError) -> Bool {
        let keepsContent = standing.state.isOpen || standing.state == .refused
        let isAway = standing.state == .sending || standing.state == .unknown
        return try write { database in
            let statement = try database.cachedStatement(
                sql: """
                    UPDATE outbox SET state = ?, attempts = ?, checks = ?, due_at = ?, reason = ?, changed_at = ?,
                        content = iif(?, iif(?, content, coalesce(moved, content)), NULL), moved = iif(?, moved, NULL),
                        revision = revision + 1
                    WHERE id = ? AND revision = ?
                    """)
            try statement.execute(
                arguments: [
                    standing.state.rawValue, standing.attempts, standing.checks,
                    JournalFile.microseconds(standing.dueAt), standing.reason,
                    JournalFile.microseconds(standing.changedAt), keepsContent, isAway, isAway, id,
                    standing.revision,
                ])
            return database.changesCount == 1
        }
    }

    func arrivedAfter(_ id: Int64) throws(StorageError) -> Int {
        try read { database in
            let sql = """
                SELECT count(*) FROM outbox AS later JOIN outbox AS entry ON entry.id = ?
                WHERE later.system = entry.system AND later.subject = entry.subject AND later.id > entry.id
                    AND later.state = 11
                """
            return try Int.fetchOne(database, sql: sql, arguments: [id]) ?? 0
        }
    }

    func outboxCounts() throws(StorageError) -> [OutboxCount] {
        try read { database in
            let sql = """
                SELECT system, state, count(*) AS count, min(created_at) AS oldest FROM outbox
                GROUP BY system, state ORDER BY system, state
                """
            return try Row.fetchAll(database, sql: sql).compactMap { row in
                OutboxState(rawValue: row["state"]).map {
                    OutboxCount(system: row["system"], state: $0, count: row["count"], oldest: row["oldest"])
                }
            }
        }
    }

    /// Empties all entries of a subject, those that were sent included.
    /// - Returns: the systems and states of those that had not come to their end.
    func eraseEntries(of subject: String, now: Date) throws(StorageError) -> [(system: String, state: OutboxState)] {
        let digest = Data(seals.outbox.subject(subject))
        return try write { database in
            let waiting = try Row.fetchAll(
                database, sql: "SELECT system, state FROM outbox WHERE subject = ? AND state NOT IN (11, 13)",
                arguments: [digest])
            try database.execute(
                sql: """
                    UPDATE outbox SET content = NULL, moved = NULL, subject = NULL, revision = revision + 1,
                        changed_at = iif(state = 11, changed_at, ?), reason = iif(state = 11, reason, ?),
                        state = iif(state = 11, 11, 13)
                    WHERE subject = ?
                    """,
                arguments: [JournalFile.microseconds(now), "The customer was erased.", digest])
            return waiting.compactMap { row in
                OutboxState(rawValue: row["state"]).map { (system: row["system"], state: $0) }
            }
        }
    }

    /// - Returns: how many there were. What each asks for stays as it was asked for, so that a retry of it is known.
    func moveEntries(
        of subject: String, to successor: String, _ readdressed: ([UInt8]) -> [UInt8]
    ) throws(StorageError) -> Int {
        let (before, after) = (Data(seals.outbox.subject(subject)), Data(seals.outbox.subject(successor)))
        return try write { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT id, content, digest, request, state FROM outbox WHERE subject = ?",
                arguments: [before])
            let seal = seals.outbox
            for row in rows {
                let (id, sealed): (Int64, Data?) = (row["id"], row["content"])
                var (content, later) = (sealed, Data?.none)
                let state: Int64 = row["state"]
                let isAway = [OutboxState.sending, .unknown].contains { $0.rawValue == state }
                if let sealed, let plain = try? seal.open(Array(sealed)) {
                    let present = plain.moved(to: successor)
                    var moved = present
                    moved.payload = readdressed(present.payload)
                    // Where it arrived is asked at the address that it went to.
                    content = Data(try seal.seal(isAway ? present : moved))
                    if isAway { later = Data(try seal.seal(moved)) }
                }
                // A digest under a key that goes, or of what now reads otherwise, would not be known again: the id alone tells.
                let isOutdated = sealed.map { seal.isOutdated(Array($0)) } ?? false
                let digest: Data = isOutdated ? Data() : row["digest"]
                // Whoever has read what is to be sent has read the old address, and reads it again.
                try database.execute(
                    sql: """
                        UPDATE outbox SET subject = ?, content = ?, moved = ?, digest = ?, revision = revision + ? WHERE id = ?
                        """, arguments: [after, content, later, digest, isAway ? 0 : 1, id])
            }
            return rows.count
        }
    }

    /// Makes everything due that a clock which was set back would hold up.
    func outboxClockWentBack(system: String, now: Date) throws(StorageError) {
        let time = JournalFile.microseconds(now)
        try write { database in
            try database.execute(
                sql: """
                    UPDATE outbox SET due_at = ?, changed_at = ?, revision = revision + 1
                    WHERE system = ? AND state < 10 AND state <> 2 AND changed_at > ?
                    """, arguments: [time, time, system, time])
        }
    }

    /// Forgets entries that came to their end long ago, as many as one step may.
    /// - Returns: whether the step found as much as it may delete.
    func trimOutbox(now: Date, limits: JournalLimits) throws(StorageError) -> Bool {
        let cutoff = JournalFile.microseconds(now) - limits.outboxKeptFor.components.seconds * 1_000_000
        return try write { database in
            let tooMany =
                try Int64.fetchOne(
                    database,
                    sql:
                        "SELECT changed_at FROM outbox WHERE state IN (11, 13) ORDER BY changed_at DESC LIMIT 1 OFFSET ?",
                    arguments: [limits.outboxKeptMax]) ?? .min
            try database.execute(
                sql: """
                    DELETE FROM outbox WHERE id IN (
                        SELECT id FROM outbox WHERE state IN (11, 13) AND (changed_at < ? OR changed_at <= ?)
                        ORDER BY changed_at LIMIT ?)
                    """, arguments: [cutoff, tooMany, Int64(limits.trimScansMax)])
            return database.changesCount >= Int(limits.trimScansMax)
        }
    }

    func entries(where condition: String, _ arguments: StatementArguments) throws(StorageError) -> [OutboxEntry] {
        try entries(sql: "SELECT \(Self.columns) FROM outbox WHERE \(condition)", arguments)
    }

    private func entries(sql: String, _ arguments: StatementArguments) throws(StorageError) -> [OutboxEntry] {
        try read { database in
            let statement = try database.cachedStatement(sql: sql)
            return try Row.fetchAll(statement, arguments: arguments).compactMap { try self.entry($0) }
        }
    }

    private func entry(_ row: Row) throws -> OutboxEntry? {
        guard let state = OutboxState(rawValue: row["state"]) else { return nil }
        let date = { (column: String) in
            let microseconds: Int64 = row[column]
            return Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
        }
        let sealed: Data? = row["content"]
        // One that cannot be opened is told of, and keeps nobody from the others.
        let opened = sealed.map { try? seals.outbox.open(Array($0)) }
        let content = opened.flatMap { $0 } ?? OutboxContent([])
        return OutboxEntry(
            id: row["id"], system: row["system"], kind: row["kind"], operation: content.operation,
            subject: content.subject, payload: content.payload,
            standing: OutboxStanding(
                state: state, attempts: row["attempts"], checks: row["checks"], dueAt: date("due_at"),
                reason: row["reason"], createdAt: date("created_at"), changedAt: date("changed_at"),
                revision: row["revision"]), isReadable: opened.map { $0 != nil } ?? true)
    }
}
