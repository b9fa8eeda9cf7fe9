import Foundation
import Testing

@testable import Customers

@Suite("Customers who are gone")
struct DepartureTests {
    let bench: ReplicaBench

    init() throws { bench = try ReplicaBench() }

    @Test("Whoever is removed stands on the list until his traces are gone, over a restart, and then nowhere")
    func departs() throws {
        var replica = try bench.open()
        try replica.apply(ChangePage(feed: "f", cursor: [1], isComplete: true, customers: [.upsert(ReplicaBench.kari)]))
        #expect(try replica.departures().isEmpty)
        let id = try #require(try replica.makeReader().resolve(ReplicaBench.kari.identifiers[0]).customerID)
        try replica.apply(
            ChangePage(
                feed: "f", cursor: [2], isComplete: true,
                customers: [.remove(key: ReplicaBench.kari.key, at: Date())]))
        replica.close()
        replica = try bench.open()
        let gone = try replica.departures()
        #expect(gone.map(\.id) == [id] && gone.map(\.feed) == ["f"])
        #expect(Set(gone[0].identifiers.map(\.type)) == Set(ReplicaBench.kari.identifiers.map(\.type)))
        #expect(try replica.forget(gone))
        #expect(try replica.departures().isEmpty)
        replica.close()
    }

    @Test(
        "A code is theirs however it is written",
        arguments: [
            ("CARD-1", true), ("90 00 00 01", true), ("+47 90000001", true), ("KARI@Example.com", true),
            ("7038010000003", true), ("CARD-2", false), ("90000002", false), ("", false), ("kari@example.org", false),
        ])
    func codes(text: String, isTheirs: Bool) throws {
        let region = try #require(PhoneRegion("NO"))
        let codes = DepartedCodes(
            [
                Identifier(type: .customerCard, value: "CARD-1"), Identifier(type: .phone, value: "+4790000001"),
                Identifier(type: .email, value: "kari@example.com"),
                Identifier(type: .linkedCard, value: "7038010000003"),
            ], region: region)
        #expect(codes.contains(LabelCode(typed: text)) == isTheirs)
    }
}

extension Answer {
    fileprivate var customerID: String? {
        if case .customer(let customer, _) = resolution { customer.id } else { nil }
    }
}
