import Foundation
import Testing

@testable import Customers

@Suite("Customers who go on as others")
struct MergeTests {
    let bench: ReplicaBench

    init() throws { bench = try ReplicaBench() }

    private static func merge(_ key: String, into other: String, _ customers: [CustomerRecord] = []) -> ChangePage {
        var page = ReplicaBench.page(customers, cursor: "2")
        page.merges = [CustomerMerge(key: key, into: other, at: ReplicaBench.noon + 60)]
        return page
    }

    @Test("A merged customer is found no more, his cards are the other one's in the same page, and so are his traces")
    func merges() throws {
        var replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola]))
        let (kari, ola) = (replica.customerID(feed: "poster", key: "77"), replica.customerID(feed: "poster", key: "78"))
        var both = ReplicaBench.kari
        both.identifiers.append(Identifier(type: .customerCard, value: "QR-aB3"))
        let applied = try replica.apply(Self.merge("78", into: "77", [both]))
        #expect(applied.merged == 1 && applied.removed == 0 && applied.findings.isEmpty)
        replica.close()
        replica = try bench.open()
        let reader = try replica.makeReader()
        #expect(try reader.resolve(typed: "QR-aB3").customerID == kari)
        #expect(try reader.customer(id: ola) == nil)
        #expect(try reader.resolve(typed: "41234567").names == ["Kari Nordås"])
        #expect(try replica.departures().map(\.id) == [ola])
        #expect(try replica.departures().map(\.successor) == [kari])
        #expect(try replica.status().customers == 1)
        // Told once more, it is nothing new; and a record from before the merge brings nobody back.
        #expect(try replica.apply(Self.merge("78", into: "77")).merged == 0)
        #expect(try replica.apply(ReplicaBench.page([ReplicaBench.ola])).findings.map(\.reason) == [.erased])
        #expect(try replica.departures().count == 1)
        replica.close()
    }

    @Test("Who went on as whom is known along the chain, in the order in which it happened")
    func chain() throws {
        let replica = try bench.open()
        func id(_ key: String) -> String { replica.customerID(feed: "poster", key: key) }
        try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola]))
        for (key, other) in [("90", "91"), ("91", "77"), ("92", "78"), ("77", "78")] {
            try replica.apply(Self.merge(key, into: other))
        }
        #expect(try replica.departures().count == 4)
        #expect(try replica.successor(of: id("90")) == id("78") && replica.successor(of: id("92")) == id("78"))
        #expect(try replica.successor(of: id("78")) == nil && replica.successor(of: "nobody") == nil)
        #expect(try replica.predecessors(of: id("78")) == ["77", "92", "91", "90"].map(id))
        #expect(try replica.predecessors(of: id("91")) == [id("90")])
        #expect(try replica.predecessors(of: id("90")) == [] && replica.predecessors(of: "nobody").isEmpty)
        replica.close()
    }

    @Test("What the store keeps of one whom the copy never had goes on as well")
    func mergesUnknown() throws {
        let replica = try bench.open()
        try replica.apply(Self.merge("99", into: "77", [ReplicaBench.kari]))
        let departure = try #require(try replica.departures().first)
        #expect(departure.id == replica.customerID(feed: "poster", key: "99"))
        #expect(departure.successor == replica.customerID(feed: "poster", key: "77") && departure.identifiers.isEmpty)
        replica.close()
    }

    private static func made(
        _ key: String, name: String = "Kari", card: String? = nil, phone: String? = "+4741234567", email: String? = nil
    ) -> CustomerRecord {
        let values: [(IdentifierType, String?)] = [(.customerCard, card), (.phone, phone), (.email, email)]
        return CustomerRecord(
            key: key, name: name,
            identifiers: values.compactMap { type, value in value.map { Identifier(type: type, value: $0) } },
            changedAt: ReplicaBench.noon)
    }

    /// The names that are found by the phone number once the source has given a customer.
    private func meeting(
        _ made: [CustomerRecord], _ given: CustomerRecord
    ) throws -> (names: [String], successors: [String?]) {
        let replica = try bench.open()
        defer { replica.close() }
        for record in made { #expect(try replica.addProvisional(record) != nil) }
        try replica.apply(ReplicaBench.page([given]))
        let id = replica.customerID(feed: "poster", key: given.key)
        let reader = try replica.makeReader()
        return (
            try reader.resolve(typed: "41234567").names.sorted(),
            try replica.departures().map { $0.successor == id ? "him" : $0.successor }
        )
    }

    @Test("Somebody made in the store is known at once, as from there, and is his upstream self when that comes")
    func meets() throws {
        let replica = try bench.open()
        let id = try #require(try replica.addProvisional(Self.made("op", card: "NEW-1")))
        let reader = try replica.makeReader()
        let answer = try reader.resolve(LabelCode(typed: "NEW-1"))
        #expect(answer.resolution.customerID == id && answer.provenance.source == Replica.provisionalFeed)
        reader.releaseRead()
        bench.pass(milliseconds: 3_600_000)
        #expect(try reader.currentProvenance().ageMilliseconds == 0, "nobody reads him anew")
        let given = Self.made("4711", name: "Kari Nordås", card: "NEW-1", phone: "+4740000000")
        try replica.apply(ReplicaBench.page([given]))
        reader.releaseRead()
        #expect(try reader.resolve(typed: "NEW-1").names == ["Kari Nordås"])
        #expect(try replica.departures().map(\.successor) == [replica.customerID(feed: "poster", key: "4711")])
        #expect(try replica.status().customers == 1)
        replica.close()
    }

    @Test("The same phone and name is the same customer")
    func meetsByPhone() throws {
        let met = try meeting([Self.made("op")], Self.made("1", name: "KARI Nordås", email: "kari@example.no"))
        #expect(met.names == ["KARI Nordås"] && met.successors == ["him"])
    }

    @Test("A family's phone is not: the cashier chooses")
    func keepsFamilies() throws {
        let met = try meeting([Self.made("op")], Self.made("1", name: "Ola Nordås"))
        #expect(met.names == ["Kari", "Ola Nordås"] && met.successors.isEmpty)
    }

    @Test("Another e-mail address speaks against it")
    func keepsOthers() throws {
        let met = try meeting([Self.made("op", email: "a@example.no")], Self.made("1", email: "b@example.no"))
        #expect(met.names == ["Kari", "Kari"] && met.successors.isEmpty)
    }

    @Test("Of two who may be him none is taken for him")
    func leavesChoice() throws {
        let met = try meeting([Self.made("op1"), Self.made("op2")], Self.made("1", name: "Kari Nordås"))
        #expect(met.names == ["Kari", "Kari", "Kari Nordås"] && met.successors.isEmpty)
    }

    @Test("Whoever has another one's card is not made")
    func refusesTakenCards() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        #expect(try replica.addProvisional(Self.made("op", card: "2000012345678")) == nil)
        replica.close()
    }
}
