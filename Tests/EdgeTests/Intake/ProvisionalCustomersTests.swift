import Customers
import Foundation
import Journal
import Storage
import Systems
import Testing

@testable import Edge

@Suite("Customers who joined at the till and are taken into the local copy again") struct ProvisionalCustomersTests {
    private let directory: TemporaryDirectory
    private let replica: Replica
    private let journal: ScanJournal
    private let provisional: ProvisionalCustomers

    init() throws {
        directory = try TemporaryDirectory()
        let vault = Vault(keys: try StoreKeys.loadOrCreate(at: directory.file("key")))
        journal = try ScanJournal(path: directory.file("journal.db"), vault: vault) { _ in }
        replica = try Replica(
            path: directory.file("replica.db"), vault: vault, company: "nordmat", region: "NO",
            memory: JournalMemory(journal: journal))
        provisional = ProvisionalCustomers(replica: replica, outbox: journal.outbox)
    }

    private func end() {
        replica.close()
        journal.close()
    }

    /// Somebody joins, and the edge ends before the copy has him.
    private func join(_ name: String, phone: String, operation: UInt8) throws {
        let order = SystemOrder.newCustomer(NewCustomer(name: name, phone: phone))
        _ = try journal.outbox.post(
            OutboxDraft(order, to: "poster", operation: [UInt8](repeating: operation, count: 16)), now: Date())
    }

    private func page(_ name: String, phone: String, at time: Date) -> ChangePage {
        let record = CustomerRecord(
            key: "1", name: name, identifiers: [Customers.Identifier(type: .phone, value: phone)], changedAt: time)
        return ChangePage(feed: "poster", cursor: [1], isComplete: true, customers: [.upsert(record)])
    }

    @Test("Whoever waits for his system is taken in once, and is met when his system gives him")
    func takesIn() throws {
        defer { end() }
        try join("Kari Nordås", phone: "+4790000001", operation: 1)
        try join("Ola Ås", phone: "+4790000002", operation: 2)
        for _ in 0..<2 {
            try provisional.takeUp(of: ["poster"])
            #expect(try replica.status().customers == 2)
        }
        #expect(try replica.apply(page("Kari Nordås", phone: "90000001", at: Date())).merged == 1)
        try provisional.takeUp(of: ["poster"])
        #expect(try replica.status().customers == 2)
    }

    @Test("Whom a feed has brought before is not taken in beside himself", arguments: [-86_400.0, 86_400])
    func knowsWhomAFeedBrought(seconds: TimeInterval) throws {
        defer { end() }
        try join("Kari Nordås", phone: "+4790000001", operation: 1)
        try replica.apply(page("Kari Nordås", phone: "90000001", at: Date() + seconds))
        try provisional.takeUp(of: ["poster"])
        #expect(try replica.status().customers == 1)
    }

    @Test("Whoever went on as his system's customer is not made again, however old that one's record is")
    func staysMet() throws {
        defer { end() }
        try join("Kari Nordås", phone: "+4790000001", operation: 1)
        try provisional.takeUp(of: ["poster"])
        #expect(try replica.apply(page("Kari Nordås", phone: "90000001", at: Date() - 86_400)).merged == 1)
        let made = NewCustomer(name: "Kari Nordås", phone: "+4790000001")
        provisional.make(made, operation: [UInt8](repeating: 1, count: 16), at: Date())
        #expect(try replica.status().customers == 1)
    }

    @Test("Without anybody who waits nothing is begun")
    func beginsNothing() throws {
        defer { end() }
        try provisional.takeUp(of: ["poster"])
        #expect(try replica.feeds().isEmpty)
    }
}
