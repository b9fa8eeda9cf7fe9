import Foundation
import GRDB
package import Storage

/// Rewrites the journal's rows under the store's present key.
///
/// Scans and whatever else is sealed are sealed anew. Ids of operations, entries and uses are pseudonyms and stay; what is
/// left of them otherwise, such as a digest of what a call asked for, is made anew or emptied.
package struct JournalRewrite: FileRewrite {
    package let name = "journal.db"
    package private(set) var progress: (rows: Int, of: Int)

    private let file: JournalFile
    private let vault: Vault
    private let wrote: @Sendable (Int) -> Void
    private var tables: [TableRewrite]
    private var wipesLeft = StorageLimits.rewriteWipesMax

    init(file: JournalFile, vault: Vault, wrote: @escaping @Sendable (Int) -> Void) throws(StorageError) {
        self.file = file
        self.vault = vault
        self.wrote = wrote
        tables = Self.tables(file)
        // To count the scans would be to read them all; their numbers tell about as much.
        let others = try file.read { database in
            try Self.others.reduce(0) { try $0 + (Int.fetchOne(database, sql: "SELECT count(*) FROM \($1)") ?? 0) }
        }
        let scans = ((try? file.lanes()) ?? [:]).values.reduce(0) { $0 + Int(clamping: $1.keptCount) }
        progress = (0, others + scans)
    }

    /// The tables beside that of the scans.
    private static let others = ["redemptions", "outbox", "operations", "lane_states", "former_codes", "departing"]

    private static func tables(_ file: JournalFile) -> [TableRewrite] {
        [
            TableRewrite("redemptions", key: ["id"]) { row in
                try file.seals.redemptions.resealed(row["content"]).map { [("content", $0)] }
            },
            TableRewrite("outbox", key: ["id"]) { row in
                try outbox(row, file.seals.outbox)
            },
            TableRewrite("operations", key: ["id"]) { row in
                try file.seals.answers.resealed(row["answer"]).map {
                    [("answer", $0), ("payload", Data().databaseValue)]
                }
            },
            TableRewrite("lane_states", key: ["lane"]) { row in
                try file.seals.states.resealed(row["state"]).map { [("state", $0)] }
            },
            TableRewrite("former_codes", key: ["id"]) { row in
                try file.seals.formerCodes.resealed(row["content"]).map { [("content", $0)] }
            },
            TableRewrite("departing", key: ["customer"]) { row in
                try file.seals.departing.resealed(row["content"]).map { [("content", $0)] }
            },
            TableRewrite("scans", key: ["epoch", "lane", "sequence"]) { row in
                try file.seals.scans.resealed(row["data"]).map { [("data", $0)] }
            },
        ]
    }

    private static func outbox(
        _ row: Row, _ seal: OutboxSeal
    ) throws -> [(column: String, value: DatabaseValue)]? {
        let content: Data? = row["content"]
        let digest: Data = row["digest"]
        guard content != nil || !digest.isEmpty else { return nil }
        let moved = try seal.resealed(row["moved"]).map { [(column: "moved", value: $0)] } ?? []
        let rewritten = try seal.rewritten(
            kind: row["kind"], content: content.map { Array($0) }, isRequested: row["request"] != nil)
        guard let rewritten else { return moved.isEmpty ? nil : moved }
        return moved + [
            (column: "digest", value: Data(rewritten.digest).databaseValue),
            (column: "content", value: rewritten.content.map { Data($0).databaseValue } ?? .null),
        ]
    }

    package mutating func step(while goesOn: () -> Bool) throws -> Bool {
        guard var table = tables.first else { return try finish(while: goesOn) }
        let (looked, written) = try file.write { try table.step($0) }
        progress.rows += looked
        progress.of = max(progress.of, progress.rows)
        if written > 0 { wrote(written) }
        tables[0] = table
        if looked < StorageLimits.rewriteStepRows { tables.removeFirst() }
        return true
    }

    private mutating func finish(while goesOn: () -> Bool) throws -> Bool {
        // First: the key before is not needed from then on, and what is under it is to be nowhere.
        wipesLeft -= 1
        if try !file.wipe(while: goesOn), wipesLeft > 0 || !goesOn() { return true }
        try file.write { database in
            try database.execute(
                sql: "UPDATE journal SET key_check = ?", arguments: [Data(vault.keyCheck(of: JournalFile.keyName))])
        }
        wrote(1)
        _ = try file.scrub()
        return false
    }
}

extension ScanJournal {
    /// Seals and looks up from now on under another vault, while everything goes on. It opens what was sealed so far: the
    /// key before is in it until ``rewrite()`` has nothing to do.
    package func change(to vault: Vault) { file.change(to: vault) }

    package static let keyCheck = KeyCheck(table: "journal", name: JournalFile.keyName)

    /// What is to be done so that the key before is not needed for the journal; `nil` when it is not.
    /// - Throws: ``StorageError`` when the file cannot be read.
    package func rewrite() throws(StorageError) -> JournalRewrite? {
        let check = try file.read { try Data.fetchOne($0, sql: "SELECT key_check FROM journal") ?? Data() }
        let vault = file.seals.vault
        guard vault.standing(check, of: JournalFile.keyName) == .before else { return nil }
        return try JournalRewrite(file: file, vault: vault, wrote: wrote)
    }
}
