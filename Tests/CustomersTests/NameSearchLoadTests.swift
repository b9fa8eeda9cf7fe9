import GRDB
import Testing

@testable import Customers

@Suite("Searching among many")
struct NameSearchLoadTests {
    let bench: ReplicaBench
    private static let customers = 100_000

    init() throws { bench = try ReplicaBench() }

    /// Everybody is called Kari, and the last three have rare names as well.
    private func crowd() throws -> Replica {
        let replica = try bench.open()
        let families = ["Nordmann", "Nordås", "Hansen", "Nilsen", "Olsen"]
        try replica.apply(named(families.map { "Kari \($0)" }, from: 1))
        // As many rows by the library's way would take a minute in a debug build.
        try replica.pool.write { database in
            try database.execute(
                sql: """
                    WITH RECURSIVE copies (copy) AS (
                        SELECT 1 UNION ALL SELECT copy + 1 FROM copies WHERE copy < ?1 / 5 - 1)
                    INSERT INTO customers SELECT copy * 5 + number, company, randomblob(16), record
                    FROM customers, copies;
                    """, arguments: [Self.customers])
            try database.execute(
                sql: """
                    INSERT INTO tokens SELECT t.token, c.number FROM tokens AS t
                    JOIN customers AS c ON c.number > 5 AND (c.number - 1) % 5 + 1 = t.customer;
                    """)
        }
        try replica.apply(named(["Kari Quist Nordås", "Xanthe Kari", "Kari Zacharias Xanthe"], from: Self.customers))
        return replica
    }

    private func named(_ names: [String], from key: Int) -> ChangePage {
        ReplicaBench.page(
            names.enumerated().map {
                CustomerRecord(key: "\(key + $0)", name: $1, changedAt: ReplicaBench.noon)
            })
    }

    @Test("A rare word finds its people among 100,000 of one first name, whatever the order of the words")
    func findsTheRare() throws {
        let replica = try crowd()
        let reader = try replica.makeReader()
        let xanthes = ["Kari Zacharias Xanthe", "Xanthe Kari"]
        for search in ["kari xanthe", "xanthe kari", "ka xa", "xa ka", "k xan", "kari x", "x kari", "xanthe"] {
            let found = try reader.search(name: search, limit: 20)
            #expect(found.customers.map(\.name) == xanthes, "\(search)")
            #expect(!found.more, "\(search)")
        }
        for search in ["kari nordas q", "q nordas kari", "nord quist kar", "quist no"] {
            let found = try reader.search(name: search, limit: 20)
            #expect(found.customers.map(\.name) == ["Kari Quist Nordås"], "\(search)")
            #expect(!found.more, "\(search)")
        }
        let (one, other) = (
            try reader.search(name: "kari nord", limit: 20), try reader.search(name: "nord kari", limit: 20)
        )
        #expect(one.customers == other.customers)
        #expect(one.customers.count == 20)
        #expect(one.more && other.more)
        #expect(try reader.search(name: "hansen nordmann", limit: 20).customers.isEmpty)
        replica.close()
    }

    @Test("A search that ends at its bound says that there may be more")
    func saysWhenItEnds() throws {
        let replica = try bench.open()
        // Two words that take turns and never meet.
        try replica.pool.write { database in
            let tokens = ["even", "odd"].map { NameTokens.token(ofBeginning: $0, keys: replica.keys) }
            try database.execute(
                sql: """
                    WITH RECURSIVE numbers (number) AS (
                        SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ?1 + 10)
                    INSERT INTO tokens SELECT iif(number % 2, ?2, ?3), number FROM numbers
                    """, arguments: [CustomersLimits.searchRowsMax, tokens[0], tokens[1]])
        }
        let found = try replica.makeReader().search(name: "even odd", limit: 20)
        #expect(found.customers.isEmpty)
        #expect(found.more)
        replica.close()
    }
}
