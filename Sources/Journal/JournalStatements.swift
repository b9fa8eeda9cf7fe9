import Foundation
import GRDB
import GRDBSQLite
import Storage

/// The statements of a commit, held on the journal's one writing connection.
final class JournalStatements {
    private static let insertScan = "INSERT INTO scans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    private static let settleScan =
        "UPDATE scans SET attachment = ?, expired = ? WHERE epoch = ? AND lane = ? AND sequence = ?"
    private static let acknowledgeLane = """
        INSERT INTO lanes VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET acknowledged = max(acknowledged, excluded.acknowledged)
        """

    private static let keepState = "INSERT OR REPLACE INTO lane_states VALUES (?, ?)"
    private static let keepOperation = "INSERT OR REPLACE INTO operations VALUES (?, ?, ?, ?, ?)"

    private let connection: OpaquePointer
    private let epoch: Int64
    private let begin: HeldStatement
    private let commit: HeldStatement
    private let rollback: HeldStatement
    private let insertion: HeldStatement
    private let settlement: HeldStatement
    private let acknowledgement: HeldStatement
    private let state: HeldStatement
    private let operation: HeldStatement
    private let draft: HeldStatement
    private let countChange: HeldStatement
    private let readChanges: HeldStatement
    /// How many changes of what is no scan the file has; `nil` where the last batch changed nothing of the kind.
    private(set) var changes: UInt64?

    init(_ connection: OpaquePointer, epoch: UInt64) throws {
        self.connection = connection
        self.epoch = Int64(epoch)
        begin = try HeldStatement(connection, "BEGIN IMMEDIATE")
        commit = try HeldStatement(connection, "COMMIT")
        rollback = try HeldStatement(connection, "ROLLBACK")
        insertion = try HeldStatement(connection, JournalStatements.insertScan)
        settlement = try HeldStatement(connection, JournalStatements.settleScan)
        acknowledgement = try HeldStatement(connection, JournalStatements.acknowledgeLane)
        state = try HeldStatement(connection, JournalStatements.keepState)
        operation = try HeldStatement(connection, JournalStatements.keepOperation)
        draft = try HeldStatement(connection, JournalFile.insertDraft)
        countChange = try HeldStatement(connection, JournalFile.countChange)
        readChanges = try HeldStatement(connection, JournalFile.readChanges)
    }

    /// Writes a batch in one transaction, which is on the disk when this returns, or not at all.
    /// - Returns: those of its drafts that were not in the outbox before.
    func write(_ batch: CommitQueue.Batch, sealed: SealedBatch, now: Date) throws -> [SealedDraft] {
        try begin.run()
        do {
            for (item, data) in zip(batch.waiting, sealed.scans) { try insert(item.scan, data) }
            for (place, settlement) in batch.settlements { try settle(place, settlement) }
            for (lane, sequence) in batch.acknowledgements { try acknowledge(lane, sequence) }
            for (lane, state) in sealed.states { try keep(state, of: lane) }
            for (operation, answer) in sealed.operations { try keep(operation, answer, now) }
            var posted: [SealedDraft] = []
            for draft in sealed.drafts where try post(draft, now) { posted.append(draft) }
            let isChanged = !(sealed.states.isEmpty && sealed.operations.isEmpty && sealed.drafts.isEmpty)
            if isChanged { try countChange.run() }
            let counted = isChanged ? try readChanges.integer().map { UInt64($0) } : nil
            try commit.run()
            changes = counted
            return posted
        } catch {
            // Some failures have ended the transaction already (https://www.sqlite.org/lang_transaction.html).
            if sqlite3_get_autocommit(connection) == 0 { try? rollback.run() }
            throw error
        }
    }

    private func insert(_ scan: JournaledScan, _ data: [UInt8]) throws {
        let entry = scan.entry
        insertion.bind(epoch, at: 1)
        insertion.bind(entry.lane, at: 2)
        insertion.bind(Int64(scan.sequence), at: 3)
        insertion.bind(data, at: 4)
        insertion.bind(Int64(entry.symbology), at: 5)
        insertion.bind(entry.aim, at: 6)
        insertion.bind(entry.device, at: 7)
        insertion.bind(Int64(entry.family), at: 8)
        insertion.bind(JournalFile.microseconds(entry.scannedAt), at: 9)
        insertion.bind(Int64(scan.attachment), at: 10)
        insertion.bind(scan.expired ? 1 : 0, at: 11)
        insertion.bind(entry.bootTime?.boot, at: 12)
        insertion.bind(entry.bootTime?.microseconds, at: 13)
        try insertion.run()
    }

    private func settle(_ place: ScanPlace, _ settled: Settlement) throws {
        settlement.bind(Int64(settled.attachment), at: 1)
        settlement.bind(settled.expired ? 1 : 0, at: 2)
        settlement.bind(epoch, at: 3)
        settlement.bind(place.lane, at: 4)
        settlement.bind(Int64(place.sequence), at: 5)
        try settlement.run()
    }

    private func acknowledge(_ lane: String, _ sequence: UInt64) throws {
        acknowledgement.bind(epoch, at: 1)
        acknowledgement.bind(lane, at: 2)
        acknowledgement.bind(Int64(sequence), at: 3)
        try acknowledgement.run()
    }

    private func keep(_ sealed: [UInt8], of lane: String) throws {
        state.bind(lane, at: 1)
        state.bind(sealed, at: 2)
        try state.run()
    }

    private func post(_ sealed: SealedDraft, _ now: Date) throws -> Bool {
        let time = JournalFile.microseconds(now)
        draft.bind(sealed.system, at: 1)
        draft.bind(sealed.kind, at: 2)
        draft.bind(sealed.key, at: 3)
        draft.bind(sealed.digest, at: 4)
        if let subject = sealed.subject { draft.bind(subject, at: 5) } else { draft.bind(nil as Int64?, at: 5) }
        draft.bind(sealed.content, at: 6)
        for place: Int32 in 7...9 { draft.bind(time, at: place) }
        if let request = sealed.request { draft.bind(request, at: 10) } else { draft.bind(nil as Int64?, at: 10) }
        if let place = sealed.place { draft.bind(place, at: 11) } else { draft.bind(nil as Int64?, at: 11) }
        try draft.run()
        return sqlite3_changes(connection) == 1
    }

    private func keep(_ answered: Operation, _ answer: [UInt8], _ now: Date) throws {
        operation.bind(answered.key, at: 1)
        operation.bind(answered.payload, at: 2)
        operation.bind(answer, at: 3)
        operation.bind(JournalFile.microseconds(now), at: 4)
        operation.bind(answered.lane, at: 5)
        try operation.run()
    }
}
