import GRDB
import Testing

@testable import Customers

@Suite("A large page")
struct LargePageTests {
    let bench: ReplicaBench
    private static let rows = 2 * CustomersLimits.batchRows + 7

    init() throws { bench = try ReplicaBench() }

    private static func customer(_ key: Int, card: String, name: String = "Kari") -> CustomerRecord {
        CustomerRecord(
            key: "\(key)", name: "\(name) \(key)",
            identifiers: [
                Identifier(type: .customerCard, value: card), Identifier(type: .phone, value: "+4790000000"),
            ], changedAt: ReplicaBench.noon)
    }

    @Test("Each row is taken in its turn, however far apart those that have to do with each other stand")
    func keepsTheOrder() throws {
        let replica = try bench.open()
        var records = (0..<Self.rows).map { Self.customer($0, card: "C\($0)") }
        // The last row wants the first one's card; one before it gives customer 1 another name and card.
        records[Self.rows - 1] = Self.customer(Self.rows - 1, card: "C0")
        records[Self.rows - 2] = Self.customer(1, card: "NEW", name: "Ola")
        records[CustomersLimits.batchRows] = Self.customer(-1, card: "C1")
        let applied = try replica.apply(ReplicaBench.page(records))
        let taken = RowFinding(row: Self.rows - 1, reason: .identifierTaken)
        #expect(applied == AppliedPage(upserted: Self.rows - 1, findings: [taken]))
        #expect(try replica.status().customers == UInt64(Self.rows - 2))
        let reader = try replica.makeReader()
        #expect(try reader.resolve(typed: "C0").names == ["Kari 0"])
        #expect(try reader.resolve(typed: "NEW").names == ["Ola 1"])
        #expect(try reader.resolve(typed: "C1").names == ["Kari -1"])
        #expect(try reader.resolve(typed: "C\(Self.rows - 3)").names == ["Kari \(Self.rows - 3)"])
        #expect(try reader.search(name: "ola", limit: 5).customers.count == 1)
        #expect(try reader.search(name: "kari 1", limit: 5).customers.allSatisfy { $0.name != "Kari 1" })
        replica.close()
    }

    @Test("A first load takes what a replica takes that holds somebody already", arguments: [UInt64(1), 2, 3])
    func firstLoad(seed: UInt64) throws {
        let (first, second) = (try bench.open(), try ReplicaBench().open())
        // Whoever is there already has the file asked for each row.
        try second.apply(ReplicaBench.page([ReplicaBench.kari], feed: "other", isComplete: false))
        var random = SeededRandom(seed: seed)
        for page in 1...4 {
            let records = (0..<CustomersLimits.largePageRows + 50).map { _ in
                Self.customer(
                    Int.random(in: 0..<page * 1_500, using: &random),
                    card: "C\(Int.random(in: 0..<page * 1_500, using: &random))")
            }
            let changes = ReplicaBench.page(records, cursor: "\(page)", isComplete: page == 4)
            #expect(try first.apply(changes) == second.apply(changes), "\(random.note), page \(page)")
        }
        let (one, other) = (try first.makeReader(), try second.makeReader())
        for card in 0..<6_000 {
            #expect(try one.resolve(typed: "C\(card)").names == other.resolve(typed: "C\(card)").names)
        }
        #expect(try first.status().customers + 1 == second.status().customers)
        first.close()
        second.close()
    }

    @Test("A change of a balance writes the record, and nothing of the index")
    func writesTheDifference() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari], groups: [ReplicaBench.staff]))
        let before = try replica.pool.write { $0.totalChangesCount }
        var kari = ReplicaBench.kari
        kari.loyalty.bonusesHundredths = 500
        try replica.apply(ReplicaBench.page([kari]))
        // The feed's row and the customer's.
        #expect(try replica.pool.write { $0.totalChangesCount } - before == 2)
        #expect(try replica.makeReader().resolve(typed: "LIB-9").names == ["Kari Nordås"])
        replica.close()
    }
}
