import Testing

@testable import Customers

@Suite("Searching names")
struct NameSearchTests {
    let bench: ReplicaBench

    init() throws { bench = try ReplicaBench() }

    private func named(_ names: [String]) -> ChangePage {
        ReplicaBench.page(
            names.enumerated().map { CustomerRecord(key: "\($0)", name: $1, changedAt: ReplicaBench.noon) })
    }

    @Test("Every word of the search begins a word of the name, in any order and with any letters")
    func findsByBeginnings() throws {
        let replica = try bench.open()
        try replica.apply(named(["Kari Nordås", "Kåre Nordmann", "Nora Karlsen", "Ola Ås", "Wójcik Łukasz"]))
        let reader = try replica.makeReader()
        func found(_ search: String) throws -> [String] {
            try reader.search(name: search, limit: 10).customers.map(\.name)
        }
        #expect(try found("kari nor") == ["Kari Nordås"])
        #expect(try found("NORDAS, k") == ["Kari Nordås"])
        #expect(try found("ka no") == ["Kåre Nordmann", "Kari Nordås", "Nora Karlsen"])
        #expect(try found("lukasz") == ["Wójcik Łukasz"])
        #expect(try found("as") == ["Ola Ås"])
        #expect(try found("ola nor").isEmpty)
        #expect(try found("ordås").isEmpty)
        replica.close()
    }

    @Test("A word longer than the longest token is compared to its end")
    func comparesLongWords() throws {
        let replica = try bench.open()
        try replica.apply(named(["Abcdefghijklmnop", "Abcdefghijklxyz"]))
        let reader = try replica.makeReader()
        #expect(try reader.search(name: "abcdefghijklmn", limit: 5).customers.map(\.name) == ["Abcdefghijklmnop"])
        #expect(try reader.search(name: "abcdefghijkl", limit: 5).customers.count == 2)
        replica.close()
    }

    @Test("An answer is in the order of names, bounded, and says when there are more")
    func isBounded() throws {
        let replica = try bench.open()
        try replica.apply(named((0..<40).map { "Kari Nr\(99 - $0)" }))
        let reader = try replica.makeReader()
        let few = try reader.search(name: "kari", limit: 3)
        #expect(few.customers.map(\.name) == ["Kari Nr60", "Kari Nr61", "Kari Nr62"])
        #expect(few.more)
        let many = try reader.search(name: "kari", limit: 1_000)
        #expect(many.customers.count == CustomersLimits.searchAnswerMax)
        let all = try reader.search(name: "nr99", limit: 3)
        #expect(all.customers.count == 1)
        #expect(!all.more)
        #expect(all.provenance == Provenance(source: "replica", ageMilliseconds: 0, complete: true))
        replica.close()
    }

    @Test("A search without a word of two letters is refused")
    func refusesShortSearches() throws {
        let replica = try bench.open()
        let reader = try replica.makeReader()
        for text in ["", "k", "k n", "  ", "'-"] {
            #expect {
                try reader.search(name: text, limit: 5)
            } throws: {
                ($0 as? CustomersError)?.code == .searchTooShort
            }
        }
        replica.close()
    }
}
