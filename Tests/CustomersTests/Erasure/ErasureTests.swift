import Foundation
import GRDB
import Storage
import Testing

@testable import Customers

@Suite("Erasure")
struct ErasureTests {
    let bench: ReplicaBench

    init() throws { bench = try ReplicaBench() }

    private func later(_ seconds: TimeInterval) -> Date { ReplicaBench.noon.addingTimeInterval(seconds) }

    @Test("An erased customer is found by nothing, and nothing of his rows is left in the file or its log")
    func leavesNothing() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola]))
        let reader = try replica.makeReader()
        let id = try #require(try reader.resolve(typed: "2000012345678").customerID)
        reader.releaseRead()
        // What stands in the file about her: the sealed record and every index but that of the phone, which is Ola's too.
        let remains = try replica.pool.read { database in
            let number = try Int64.fetchOne(
                database, sql: "SELECT customer FROM identifiers WHERE blind = ?",
                arguments: [Data(replica.keys.blind(Array("LIB-9".utf8), .card).bytes)])
            let blinds = try Data.fetchAll(
                database, sql: "SELECT blind FROM identifiers WHERE customer = ? AND type <> 2", arguments: [number])
            let record = try Data.fetchAll(
                database, sql: "SELECT record FROM customers WHERE number = ?", arguments: [number])
            return blinds + record.map { $0.prefix(64) }
        }
        #expect(remains.count == 6)
        #expect(try replica.scrub())
        for piece in remains { #expect(try bench.directory.bytes("replica.db").range(of: piece) != nil) }
        let erasure = try replica.erase(customerID: id, at: ReplicaBench.noon)
        #expect(erasure == Erasure(found: true, isScrubbed: true))
        // Her sealed record stays on the list of those who are gone until her traces elsewhere are.
        #expect(try replica.forget(replica.departures()))
        for name in ["replica.db", "replica.db-wal"] {
            let bytes = try bench.directory.bytes(name)
            for piece in remains { #expect(bytes.range(of: piece) == nil, "\(name)") }
        }
        #expect(try reader.customer(id: id) == nil)
        for code in ["2000012345678", "kari.nordas@example.no", "LIB-9"] {
            #expect(try reader.resolve(typed: code) == .unknown)
        }
        #expect(try reader.resolve(typed: "41234567").names == ["Ola Ås"])
        #expect(try reader.search(name: "kari", limit: 5).customers.isEmpty)
        #expect(try replica.status().customers == 1)
        let tokens = try replica.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM tokens") }
        #expect(tokens == NameFoldingTests.tokenCount(of: "Ola Ås"))
        replica.close()
    }

    @Test("A record that is not newer than the erasure brings nobody back; a newer one does")
    func refusesRevival() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        let id = try #require(try replica.makeReader().resolve(typed: "2000012345678").customerID)
        try replica.erase(customerID: id, at: later(10))
        var record = ReplicaBench.kari
        for seconds in [0.0, 10] {
            record.changedAt = later(seconds)
            let applied = try replica.apply(ReplicaBench.page([record]))
            #expect(applied == AppliedPage(findings: [RowFinding(row: 0, reason: .erased)]))
        }
        record.changedAt = later(11)
        #expect(try replica.apply(ReplicaBench.page([record])) == AppliedPage(upserted: 1))
        #expect(try replica.makeReader().resolve(typed: "2000012345678").customerID == id)
        replica.close()
    }

    @Test(
        "A source that does not date its records brings nobody back who asked to be forgotten, however late it is read")
    func refusesUndatedRevival() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        let id = replica.customerID(feed: "poster", key: "77")
        try replica.erase(customerID: id, at: later(10))
        var record = ReplicaBench.kari
        record.isDated = false
        for seconds: TimeInterval in [11, 86_400, 3_650 * 86_400] {
            record.changedAt = later(seconds)
            #expect(try replica.apply(ReplicaBench.page([record])).findings.map(\.reason) == [.erased])
        }
        // Nor does the source's own word that he is gone make it less.
        try replica.apply(ReplicaBench.removal("77", at: later(20)))
        record.changedAt = later(30)
        #expect(try replica.apply(ReplicaBench.page([record])).findings.map(\.reason) == [.erased])
        #expect(try replica.readmit(customerID: id))
        #expect(try !replica.readmit(customerID: id))
        #expect(try replica.apply(ReplicaBench.page([record])) == AppliedPage(upserted: 1))
        replica.close()
    }

    @Test("A source that let go of somebody itself and has him again brings him back, dated or not")
    func takesBackWhomItLetGo() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        try replica.apply(ReplicaBench.removal("77", at: later(10)))
        var record = ReplicaBench.kari
        record.isDated = false
        record.changedAt = later(10)
        #expect(try replica.apply(ReplicaBench.page([record])).findings.map(\.reason) == [.erased])
        record.changedAt = later(11)
        #expect(try replica.apply(ReplicaBench.page([record])) == AppliedPage(upserted: 1))
        replica.close()
    }

    @Test("Whoever was erased under an earlier schema stays away from sources that date nothing")
    func bringsTombstonesUp() throws {
        var replica = try bench.open()
        try replica.apply(ReplicaBench.removal("77", at: later(10)))
        try replica.apply(ReplicaBench.page([ReplicaBench.ola]))
        try replica.apply(ReplicaBench.removal("78", at: later(10)))
        try replica.pool.write { database in
            try database.execute(
                sql: """
                    ALTER TABLE tombstones DROP COLUMN asked;
                    DROP INDEX departures_id;
                    ALTER TABLE departures DROP COLUMN feed;
                    DELETE FROM grdb_migrations
                        WHERE identifier IN ('erasures on request', 'departures of a copy before');
                    PRAGMA user_version = 4;
                    """)
        }
        replica.close()
        replica = try bench.open()
        #expect(replica.setAside == nil)
        #expect(try replica.departures().map(\.feed) == ["poster"])
        var record = ReplicaBench.kari
        record.isDated = false
        record.changedAt = later(86_400)
        #expect(try replica.apply(ReplicaBench.page([record])).findings.map(\.reason) == [.erased])
        replica.close()
    }

    @Test("A removal in a page leaves a tombstone as well, even for a customer who was never here")
    func removesByPage() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        #expect(try replica.apply(ReplicaBench.removal("77", at: later(5))) == AppliedPage(removed: 1))
        #expect(try replica.apply(ReplicaBench.removal("78", at: later(5))) == AppliedPage())
        let applied = try replica.apply(ReplicaBench.page([ReplicaBench.kari, ReplicaBench.ola]))
        #expect(applied.findings.map(\.reason) == [.erased, .erased])
        #expect(try replica.status().customers == 0)
        replica.close()
    }

    @Test("A customer whose record is broken is erased all the same")
    func erasesABrokenRecord() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.page([ReplicaBench.kari]))
        let id = try #require(try replica.makeReader().resolve(typed: "2000012345678").customerID)
        try replica.pool.write { try $0.execute(sql: "UPDATE customers SET record = zeroblob(40)") }
        #expect {
            try replica.makeReader().resolve(typed: "2000012345678")
        } throws: {
            ($0 as? CustomersError)?.code == .recordUnreadable
        }
        #expect(try replica.erase(customerID: id, at: later(1)).found)
        for table in ["customers", "identifiers", "tokens"] {
            let left = try replica.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
            #expect(left == 0, "\(table)")
        }
        replica.close()
    }

    @Test("Erasing nobody finds nobody")
    func erasesNobody() throws {
        let replica = try bench.open()
        #expect(try replica.erase(customerID: "77", at: ReplicaBench.noon).found == false)
        let nobody = CustomerID(bytes: [UInt8](repeating: 9, count: 16)).text
        #expect(try replica.erase(customerID: nobody, at: ReplicaBench.noon).found == false)
        replica.close()
    }

    @Test("An id reads back from its text, and another text is no id")
    func writesIDs() {
        var random = SeededRandom(seed: 4)
        for _ in 0..<1_000 {
            let id = CustomerID(bytes: (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
            #expect(id.text.count == 26)
            #expect(CustomerID(id.text) == id, "\(random.note)")
        }
        for text in ["", "01J9ZV", String(repeating: "U", count: 26), String(repeating: "Z", count: 26), "é"] {
            #expect(CustomerID(text) == nil)
        }
    }

    @Test("Tombstones go when their time is over, and none before")
    func forgetsTombstones() throws {
        let replica = try bench.open()
        try replica.apply(ReplicaBench.removal("77", at: later(-100)))
        try replica.apply(ReplicaBench.removal("78", at: later(0)))
        #expect(try replica.forgetTombstones(before: later(-100)) == 0)
        #expect(try replica.forgetTombstones(before: later(-99)) == 1)
        var old = ReplicaBench.kari
        old.changedAt = later(-200)
        var other = ReplicaBench.ola
        other.changedAt = later(-200)
        #expect(try replica.apply(ReplicaBench.page([old, other])).findings.map(\.row) == [1])
        replica.close()
    }
}
