import Foundation
import GRDB
import Testing

@testable import Journal

@Suite("Erasing from the journal", .timeLimit(.minutes(1)))
struct JournalErasureTests {
    let bench: JournalBench

    init() throws { bench = try JournalBench() }

    @Test("The scans of one code are emptied and keep their numbers, however many there are of others")
    func blanks() throws {
        let journal = try bench.open()
        for index in 0..<1_200 { bench.append(index.isMultiple(of: 100) ? "gone" : "\(index)", to: journal) }
        bench.deliveries.wait(for: 1_200)
        #expect(try journal.scans(limit: 3) { $0.data == Array("gone".utf8) }.map(\.sequence) == [901, 1_001, 1_101])
        #expect(try journal.blankScans { $0.data == Array("gone".utf8) } == 12)
        #expect(try journal.blankScans { $0.data == Array("gone".utf8) } == 0)
        let kept = try journal.scans(lane: "1", after: 0, limit: 1_000)
        #expect(kept.count == 1_000 && kept[0].entry.data.isEmpty && kept[1].entry.data == Array("1".utf8))
        journal.close()
    }

    @Test("What was sealed is in no byte of any file after the erasure's checkpoint")
    func scrubs() throws {
        let journal = try bench.open()
        bench.append("gone", to: journal)
        bench.deliveries.wait(for: 1)
        var sealed = Data()
        try journal.file.pool.read { database in
            sealed = try Data.fetchOne(database, sql: "SELECT data FROM scans") ?? Data()
        }
        func holders() throws -> [String] {
            try bench.directory.names().filter { try bench.directory.bytes($0).range(of: sealed) != nil }
        }
        #expect(!sealed.isEmpty)
        #expect(try !holders().isEmpty)
        _ = try journal.blankScans { _ in true }
        #expect(try journal.scrub())
        #expect(try holders().isEmpty)
        journal.close()
    }

    @Test("A scan that waits in memory for the disk is emptied too")
    func unwritten() throws {
        var limits = JournalLimits()
        limits.retryAfter = .seconds(60)
        limits.logBytesReady = 0
        let journal = try bench.open(limits: limits)
        bench.append("before", to: journal)
        bench.deliveries.wait(for: 1)
        try journal.file.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
        bench.append("gone", to: journal)
        bench.deliveries.wait(for: 1)
        #expect(journal.blankUnwritten { $0.data == Array("gone".utf8) } == 1)
        #expect(try journal.scans(lane: "1", after: 1, limit: 1).map(\.entry.data) == [[]])
        try journal.file.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = OFF") }
        journal.close()
    }
}
