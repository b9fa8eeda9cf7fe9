import Cards
import Customers
import Journal
import Pairing

/// A database of the edge's state.
package struct StateFile: Sendable {
    /// Its name in the state's folder.
    package let name: String
    /// SQLite's `user_version` of the newest schema that this version reads.
    package let schemaVersion: Int
    /// What the store has in it.
    package let contents: String
    /// Whether what is in it can be got again from elsewhere.
    package let isRebuildable: Bool
    /// Whether it is sealed under the store's key, and of no use without it.
    let isSealed: Bool

    private init(
        _ name: String, schema: Int, _ contents: String, isRebuildable: Bool = false, isSealed: Bool = true
    ) {
        self.name = name
        schemaVersion = schema
        self.contents = contents
        self.isRebuildable = isRebuildable
        self.isSealed = isSealed
    }

    /// All of them.
    package static let all = [
        journal,
        StateFile(
            "replica.db", schema: Replica.schemaVersion,
            "the local copy of the customers, and those that were imported from a file", isRebuildable: true),
        tills,
        StateFile("cards.db", schema: CardRegister.schemaVersion, "the cards that the store issued"),
        StateFile(
            "members.db", schema: MemberRegister.schemaVersion,
            "the customers that the store enrolled, with what they agreed to"),
    ]

    static let journal = StateFile(
        "journal.db", schema: ScanJournal.schemaVersion, "the scans, and what is not sent yet")
    static let tills = StateFile(
        "tills.db", schema: TillRegistry.schemaVersion, "the tills that were paired", isSealed: false)
}
