import Cards
import Customers
import Foundation
import Journal
import Storage

/// A store's files under one key.
struct StoreFiles: Sendable {
    static let company = "nordmat"

    let journal: ScanJournal
    let replica: Replica
    let cards: CardRegister
    let members: MemberRegister

    init(state: String) throws {
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        let vault = Vault(key: try StoreKey.loadOrCreate(at: "\(state)/key"))
        var limits = JournalLimits()
        // So that carrying the log over is among what is cut.
        limits.checkpointRows = 20
        limits.checkpointIdle = .milliseconds(1)
        limits.retryAfter = .milliseconds(1)
        limits.retryAfterMax = .milliseconds(4)
        limits.logBytesReady = 64 * 1_024
        journal = try ScanJournal(path: "\(state)/journal.db", vault: vault, limits: limits) { _ in }
        replica = try Replica(
            path: "\(state)/replica.db", vault: vault, company: Self.company, region: "NO",
            memory: ModelMemory(journal: journal))
        cards = try CardRegister(path: "\(state)/cards.db", vault: vault, company: Self.company)
        members = try MemberRegister(path: "\(state)/members.db", vault: vault, company: Self.company)
    }

    func close() {
        journal.close()
        replica.close()
        cards.close()
        members.close()
    }
}
