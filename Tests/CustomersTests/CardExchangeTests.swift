import GRDB
import Testing

@testable import Customers

@Suite("Cards that change hands in one page")
struct CardExchangeTests {
    let bench: ReplicaBench

    init() throws { bench = try ReplicaBench() }

    private static func customer(_ key: String, _ cards: String...) -> CustomerRecord {
        CustomerRecord(
            key: key, name: key, identifiers: cards.map { Identifier(type: .customerCard, value: $0) },
            changedAt: ReplicaBench.noon)
    }

    private func holders(_ cards: [String], _ replica: Replica) throws -> [[String]] {
        let reader = try replica.makeReader()
        return try cards.map { try reader.resolve(typed: $0).names }
    }

    @Test("Two customers swap their cards")
    func swaps() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([Self.customer("A", "C1"), Self.customer("B", "C2")]))
        let applied = try replica.apply(ReplicaBench.page([Self.customer("A", "C2"), Self.customer("B", "C1")]))
        #expect(applied == AppliedPage(upserted: 2))
        #expect(try holders(["C1", "C2"], replica) == [["B"], ["A"]])
        #expect(try replica.status().customers == 2)
        replica.close()
    }

    @Test("Three pass theirs on in a ring, and a new customer gets the card that one of them leaves")
    func goesRound() throws {
        let replica = try bench.open()
        try replica.apply(
            ReplicaBench.page([Self.customer("A", "C1", "C4"), Self.customer("B", "C2"), Self.customer("C", "C3")]))
        let applied = try replica.apply(
            ReplicaBench.page([
                Self.customer("D", "C4"), Self.customer("A", "C2"), Self.customer("B", "C3"), Self.customer("C", "C1"),
            ]))
        #expect(applied == AppliedPage(upserted: 4))
        #expect(try holders(["C1", "C2", "C3", "C4"], replica) == [["C"], ["A"], ["B"], ["D"]])
        replica.close()
    }

    @Test("Who waits for another feed's card is refused, keeps what he had, and so does who waits for him")
    func refusesTheChain() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([Self.customer("A", "C1"), Self.customer("B", "C2")]))
        try replica.apply(ReplicaBench.page([Self.customer("X", "C9")], feed: "solteq"))
        // A wants B's card, B wants one that X keeps.
        let applied = try replica.apply(ReplicaBench.page([Self.customer("A", "C2"), Self.customer("B", "C9")]))
        let refused = [0, 1].map { RowFinding(row: $0, reason: .identifierTaken) }
        #expect(applied == AppliedPage(findings: refused))
        #expect(try holders(["C1", "C2", "C9"], replica) == [["A"], ["B"], ["X"]])
        replica.close()
    }

    @Test("Of two who want one card the first gets it")
    func givesOnce() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([Self.customer("A", "C1"), Self.customer("B", "C2")]))
        let applied = try replica.apply(
            ReplicaBench.page([Self.customer("A", "C2"), Self.customer("B", "C1"), Self.customer("N", "C1")]))
        #expect(applied == AppliedPage(upserted: 2, findings: [RowFinding(row: 2, reason: .identifierTaken)]))
        #expect(try holders(["C1", "C2"], replica) == [["B"], ["A"]])
        replica.close()
    }

    @Test("A card that a later page gives to another customer goes over, before the one who had it lets it go")
    func movesOverPages() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([Self.customer("A", "C1", "C2"), Self.customer("X", "C9")]))
        #expect(try replica.apply(ReplicaBench.page([Self.customer("B", "C1")])) == AppliedPage(upserted: 1, moved: 1))
        #expect(try holders(["C1", "C2"], replica) == [["B"], ["A"]])
        // Now A's own row comes, and lets the card go that he has not any more.
        let own = try replica.apply(ReplicaBench.page([Self.customer("A", "C2")]))
        #expect(own == AppliedPage(upserted: 1, unchanged: 1))
        #expect(try holders(["C1", "C2"], replica) == [["B"], ["A"]])
        // Who takes a card over lets another go, for which somebody waits; in any order.
        let chain = [Self.customer("N", "C2"), Self.customer("A", "C9")]
        let applied = try replica.apply(ReplicaBench.page(chain))
        #expect(applied == AppliedPage(upserted: 2, moved: 1))
        #expect(try holders(["C1", "C2", "C9"], replica) == [["B"], ["N"], ["A"]])
        let x = try replica.makeReader().customer(id: replica.customerID(feed: "poster", key: "X"))
        #expect(x?.0.identifiers == [])
        // A source that gives one card to two again and again: the last has it, and there is never a second.
        for _ in 0..<3 {
            for name in ["A", "B"] {
                #expect(try replica.apply(ReplicaBench.page([Self.customer(name, "C1")])).findings == [])
                #expect(try holders(["C1"], replica) == [[name]])
            }
        }
        let rows = try replica.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM identifiers") }
        #expect(rows == 2)
        replica.close()
    }

    @Test("Any exchange of cards in one page, in any order of its rows, ends as the page says")
    func permutes() throws {
        var random = SeededRandom(seed: .random(in: 0 ... .max))
        let replica = try bench.open()
        let names = (0..<12).map { "N\($0)" }
        var cards = names.indices.map { "C\($0)" }
        try replica.apply(ReplicaBench.page(zip(names, cards).map { Self.customer($0, $1) }))
        for _ in 0..<20 {
            cards.shuffle(using: &random)
            let rows = zip(names, cards).map { Self.customer($0, $1) }.shuffled(using: &random)
            let applied = try replica.apply(ReplicaBench.page(rows))
            #expect(applied.upserted == names.count && applied.findings == [], "\(random.note)")
            #expect(try holders(cards, replica) == names.map { [$0] }, "\(random.note)")
        }
        replica.close()
    }
}
