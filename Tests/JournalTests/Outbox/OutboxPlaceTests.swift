import Foundation
import GRDB
import Storage
import Testing

@testable import Journal

@Suite("What the outbox says of one place, and of customers who were merged", .timeLimit(.minutes(1)))
struct OutboxPlaceTests {
    let bench: JournalBench
    static let noon = JournalBench.noon

    init() throws { bench = try JournalBench() }

    private static func draft(_ number: Int, kind: String = "order_customer", place: String? = nil) -> OutboxDraft {
        OutboxDraft(
            system: "poster", kind: kind, operation: Array("op-\(number)".utf8), subject: "K\(number)",
            payload: Array("old-\(number)".utf8), place: place)
    }

    private func payload(_ id: Int64, _ outbox: Outbox) throws -> String {
        String(decoding: try #require(try outbox.entry(id)).payload, as: UTF8.self)
    }

    @Test(
        "What is on its way while its customer is merged is looked for where it went, and told anew at the new address",
        arguments: [OutboxState.sending, .unknown])
    func mergedAmidDelivery(_ state: OutboxState) throws {
        var journal = try bench.open()
        _ = try journal.outbox.post(Self.draft(1), now: Self.noon)
        var entry = try #require(try journal.outbox.entry(1))
        var standing = entry.standing
        standing.state = state
        entry = try #require(try journal.outbox.note(standing, of: entry))
        try journal.outbox.move(subject: "K1", to: "K9") { _ in Array("new".utf8) }
        journal.close()
        journal = try bench.open()
        #expect(try payload(1, journal.outbox) == "old-1")
        #expect(try journal.outbox.entries(of: "K9").map(\.id) == [1])
        // The delivery that was under way when the customer was merged says how it went.
        standing.state = .unknown
        entry = try #require(try journal.outbox.note(standing, of: entry))
        #expect(try payload(1, journal.outbox) == "old-1")
        standing.state = .pending
        entry = try #require(try journal.outbox.note(standing, of: entry))
        #expect(try payload(1, journal.outbox) == "new")
        standing.state = .sending
        entry = try #require(try journal.outbox.note(standing, of: entry))
        #expect(try payload(1, journal.outbox) == "new")
        journal.close()
    }

    @Test("What was read before its customer was merged is not begun at the old address")
    func mergedBeforeDelivery() throws {
        let journal = try bench.open()
        defer { journal.close() }
        _ = try journal.outbox.post(Self.draft(1), now: Self.noon)
        let read = try #require(try journal.outbox.entry(1))
        try journal.outbox.move(subject: "K1", to: "K9") { _ in Array("new".utf8) }
        var standing = read.standing
        standing.state = .sending
        #expect(try journal.outbox.note(standing, of: read) == nil)
        #expect(try payload(1, journal.outbox) == "new")
    }

    @Test("What arrived at the old address leaves nothing of the new one either")
    func arrivedAtTheOldAddress() throws {
        let journal = try bench.open()
        _ = try journal.outbox.post(Self.draft(1), now: Self.noon)
        var entry = try #require(try journal.outbox.entry(1))
        var standing = entry.standing
        standing.state = .sending
        entry = try #require(try journal.outbox.note(standing, of: entry))
        try journal.outbox.move(subject: "K1", to: "K9") { _ in Array("new".utf8) }
        standing.state = .sent
        _ = try journal.outbox.note(standing, of: entry)
        let left = try journal.file.read { database in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM outbox WHERE content IS NOT NULL OR moved IS NOT NULL")
        }
        #expect(left == 0)
        journal.close()
    }

    @Test("The last word of a place is known whatever became of it, and what was not taken before it, system by system")
    func places() throws {
        let journal = try bench.open()
        let outbox = journal.outbox
        for number in 1...3 { _ = try outbox.post(Self.draft(number, place: "order 7"), now: Self.noon) }
        _ = try outbox.post(Self.draft(4, place: "order 8"), now: Self.noon)
        _ = try outbox.post(Self.draft(5), now: Self.noon)
        var other = Self.draft(6, place: "order 7")
        other.system = "custobar"
        _ = try outbox.post(other, now: Self.noon)
        let third = try #require(try outbox.entry(3))
        _ = try outbox.note(try third.standing.dropped(reason: "x", now: Self.noon), of: third)
        let first = try #require(try outbox.entry(1))
        var standing = first.standing
        standing.state = .refused
        _ = try outbox.note(standing, of: first)
        #expect(try outbox.newest(at: "order 7", of: "poster")?.id == 3)
        #expect(try outbox.undelivered(at: "order 7", of: "poster", before: 3).map(\.id) == [1, 2])
        #expect(try outbox.newest(at: "order 7", of: "custobar")?.id == 6)
        #expect(try outbox.newest(at: "order 9", of: "poster") == nil)
        #expect(try outbox.undelivered("order_customer", to: "poster").map(\.id) == [1, 2, 4, 5])
        journal.close()
    }

    @Test("However much waits, what is asked of the outbox is found by an index, without putting anything in order")
    func usesIndexes() throws {
        let journal = try bench.open()
        let plans = try journal.file.read { database in
            try [
                """
                SELECT id FROM outbox WHERE system = 'a' AND kind = 'b' AND id > 0 AND (state < 10 OR state = 12)
                ORDER BY id LIMIT 9
                """,
                "SELECT id FROM outbox WHERE place = x'00' ORDER BY id DESC LIMIT 1",
                "SELECT id FROM outbox WHERE place = x'00' AND id < 9 AND (state < 10 OR state = 12) ORDER BY id LIMIT 9",
            ].map { sql in
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
                    .joined(separator: "; ")
            }
        }
        #expect(plans[0].hasPrefix("SEARCH outbox USING INDEX outbox_kind (system=? AND kind=? AND id>?)"))
        #expect(plans[1].hasPrefix("SEARCH outbox USING COVERING INDEX outbox_place (place=?"))
        #expect(plans[2].hasPrefix("SEARCH outbox USING INDEX outbox_place (place=? AND id<?)"))
        for plan in plans { #expect(!plan.contains("TEMP B-TREE"), "\(plan)") }
        journal.close()
    }

    @Test("A journal of the schema before is brought up with all that it holds")
    func bringsUp() throws {
        var journal = try bench.open()
        _ = try journal.outbox.post(Self.draft(1), now: Self.noon)
        try journal.noteForgotten("C1", at: Self.noon)
        bench.append("4006381333931", to: journal)
        bench.deliveries.wait(for: 1)
        let epoch = journal.epoch
        journal.close()
        try bench.execute(
            """
            DROP INDEX outbox_kind; DROP INDEX outbox_place;
            ALTER TABLE outbox DROP COLUMN place; ALTER TABLE outbox DROP COLUMN moved;
            DROP TABLE departing;
            ALTER TABLE journal DROP COLUMN changes;
            DELETE FROM grdb_migrations WHERE identifier IN ('departing', 'outbox places', 'changes');
            PRAGMA user_version = 10;
            """)
        journal = try bench.open()
        #expect(journal.setAside == nil && journal.epoch == epoch)
        #expect(try journal.outbox.undelivered("order_customer", to: "poster").map(\.id) == [1])
        #expect(try payload(1, journal.outbox) == "old-1")
        #expect(try journal.forgotten().map(\.customer) == ["C1"] && journal.departing().isEmpty)
        #expect(try journal.scans(lane: "1", after: 0, limit: 9).map(\.sequence) == [1])
        _ = try journal.outbox.post(Self.draft(2, place: "order 7"), now: Self.noon)
        #expect(try journal.outbox.newest(at: "order 7", of: "poster")?.id == 2)
        journal.close()
    }

    @Test(
        "Who is gone from the local copy is known until their traces are gone too, once each, and saved out of a broken journal"
    )
    func departing() throws {
        var journal = try bench.open()
        let gone = (1...3).map { number in
            DepartingCustomer(
                customer: "C\(number)", successor: number == 2 ? "C9" : "", content: Array("gone-\(number)".utf8))
        }
        try journal.noteDeparting(gone, at: Self.noon)
        try journal.noteDeparting([gone[0]], at: Self.noon + 1)
        #expect(try journal.departing(after: "C1") == Array(gone[1...]))
        #expect(try journal.file.scrub())
        for name in ["journal.db", "journal.db-wal"] {
            #expect(try bench.directory.bytes(name).range(of: Data("gone-".utf8)) == nil)
        }
        journal.close()
        // The page that the tables hang on is gone.
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: bench.path))
        try file.seek(toOffset: 0)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 100))
        try file.close()
        journal = try bench.open()
        #expect(journal.setAside != nil)
        #expect(try journal.departing() == gone)
        try journal.settleDeparting(["C1", "C3"])
        #expect(try journal.departing() == [gone[1]])
        journal.close()
    }
}
