import GRDB
import Testing

@testable import Customers

@Suite("A record that cannot be read")
struct UnreadableRecordTests {
    let bench: ReplicaBench

    init() throws { bench = try ReplicaBench() }

    /// Kari's record is broken, Ola's is not.
    private func broken() throws -> Replica {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola]))
        try replica.pool.write { try $0.execute(sql: "UPDATE customers SET record = zeroblob(40) WHERE number = 1") }
        return replica
    }

    @Test("Who it belongs to is answered so, counted once, and everybody else is served")
    func servesTheOthers() throws {
        let replica = try broken()
        let reader = try replica.makeReader()
        #expect(try replica.status().unreadableRecords == 0)
        for _ in 0..<2 {
            #expect {
                try reader.resolve(typed: "2000012345678")
            } throws: {
                ($0 as? CustomersError)?.code == .recordUnreadable
            }
        }
        #expect(try reader.resolve(typed: "QR-aB3").names == ["Ola Ås"])
        #expect(try replica.status().unreadableRecords == 1)
        replica.close()
    }

    @Test("An index that a bad disk has led to somebody else answers nobody, and is counted")
    func answersNobodyElse() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola]))
        let id = try #require(try replica.makeReader().resolve(typed: "LIB-9").customerID)
        try replica.pool.write { database in
            try database.execute(sql: "UPDATE identifiers SET customer = 2 WHERE customer = 1 AND type IN (1, 4, 6)")
            try database.execute(sql: "UPDATE customers SET record = (SELECT record FROM customers WHERE number = 2)")
        }
        let reader = try replica.makeReader()
        for code in ["2000012345678", "LIB-9"] {
            #expect {
                try reader.resolve(typed: code)
            } throws: {
                ($0 as? CustomersError)?.code == .recordUnreadable
            }
        }
        #expect(throws: CustomersError.self) { try reader.customer(id: id) }
        #expect(try reader.resolve(typed: "QR-aB3").names == ["Ola Ås"])
        #expect(try replica.status().unreadableRecords == 2)
        replica.close()
    }

    @Test("Of two who share a number, the one who can be read is left to choose, and not taken for sure")
    func leavesTheChoice() throws {
        let replica = try broken()
        let resolution = try replica.makeReader().resolve(typed: "41234567")
        guard case .ambiguous(let customers, .phone) = resolution else {
            Issue.record("\(resolution)")
            return
        }
        #expect(customers.map(\.name) == ["Ola Ås"])
        replica.close()
    }

    @Test("A search finds the others and says that there may be more")
    func searches() throws {
        let replica = try broken()
        let reader = try replica.makeReader()
        let found = try reader.search(name: "kari", limit: 5)
        #expect(found.customers.isEmpty)
        #expect(found.more)
        #expect(try reader.search(name: "ola", limit: 5).customers.count == 1)
        replica.close()
    }

    @Test("It is whole again when its feed gives it again, and by none of its old values is anybody else found")
    func isReplaced() throws {
        let replica = try broken()
        #expect(throws: CustomersError.self) { try replica.makeReader().resolve(typed: "LIB-9") }
        var kari = ReplicaBench.kari
        kari.identifiers = [Identifier(type: .customerCard, value: "2000012345678")]
        #expect(try replica.apply(ReplicaBench.page([kari])) == AppliedPage(upserted: 1))
        let reader = try replica.makeReader()
        #expect(try reader.resolve(typed: "2000012345678").names == ["Kari Nordås"])
        #expect(try reader.resolve(typed: "LIB-9") == .unknown)
        #expect(try replica.status().unreadableRecords == 0)
        replica.close()
    }
}
