import Foundation
import GRDB
import Storage
import Testing

@testable import Journal

@Suite("A journal whose disk refuses", .timeLimit(.minutes(2)))
struct JournalFaultTests {
    let bench: JournalBench

    init() throws { bench = try JournalBench() }

    private func limits() -> JournalLimits {
        var limits = JournalLimits()
        limits.retryAfter = .milliseconds(1)
        limits.retryAfterMax = .milliseconds(4)
        // A new file would have free pages to fill before its disk is full.
        limits.logBytesReady = 0
        return limits
    }

    private func pragma(_ pragma: String, in journal: ScanJournal) throws {
        try journal.file.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA \(pragma)") }
    }

    enum Refusal: String, CaseIterable {
        case full, readOnly

        var code: StorageError.Code { self == .full ? .diskFull : .readOnly }
        /// What makes SQLite refuse as it does on such a disk, and what ends it.
        var begin: String { self == .full ? "max_page_count = 1" : "query_only = ON" }
        var end: String { self == .full ? "max_page_count = 1000000" : "query_only = OFF" }
    }

    /// Longer than a page, so that each needs room of its own.
    private let long = String(repeating: "x", count: 6_000)

    @Test(
        "Scanning goes on unjournaled, and everything is written with its number afterwards",
        arguments: Refusal.allCases)
    func goesOn(refusal: Refusal) throws {
        var journal = try bench.open(limits: limits())
        let epoch = journal.epoch
        bench.append("before", to: journal)
        bench.deliveries.wait(for: 1)
        try pragma(refusal.begin, in: journal)
        for index in 0..<20 { bench.append("\(long)\(index)", lane: "\(index % 2 + 1)", to: journal) }
        bench.deliveries.wait(for: 20)
        #expect(bench.deliveries.all.map(\.journaled) == [true] + Array(repeating: false, count: 20))
        #expect(bench.deliveries.lane("1").map(\.sequence) == Array(1...11))
        #expect(bench.faults.codes.first == refusal.code)
        // Whoever resumes finds them although the disk has them not.
        #expect(
            try journal.scans(lane: "1", after: 0, limit: 100).map(\.journaled) == [true]
                + Array(repeating: false, count: 10))
        journal.settle(lane: "2", sequence: 3, attachment: 2, expired: false)
        #expect(try journal.scans(lane: "2", after: 2, limit: 1).map(\.attachment) == [2])

        bench.faults.wait()
        try pragma(refusal.end, in: journal)
        bench.faults.wait()
        #expect(bench.faults.codes == [refusal.code, nil])
        bench.append("after", to: journal)
        bench.deliveries.wait(for: 1)
        #expect(bench.deliveries.all.last?.journaled == true)
        journal.close()

        journal = try bench.open()
        #expect(journal.epoch == epoch)
        let kept = try journal.scans(lane: "1", after: 0, limit: 100)
        #expect(kept.map(\.entry) == bench.deliveries.lane("1").map(\.entry))
        #expect(kept.filter { !$0.journaled } == [])
        #expect(try journal.scans(lane: "2", after: 2, limit: 1).map(\.attachment) == [2])
        journal.close()
    }

    @Test("A run that ends with scans unwritten is followed by a new epoch, so that no number comes twice")
    func beginsANewEpoch() throws {
        var journal = try bench.open(limits: limits())
        let epoch = journal.epoch
        bench.append("before", to: journal)
        bench.deliveries.wait(for: 1)
        try pragma(Refusal.readOnly.begin, in: journal)
        bench.append("lost", to: journal)
        bench.deliveries.wait(for: 1)
        journal.close()
        for run in 0..<2 {
            journal = try bench.open()
            #expect(journal.epoch > epoch, "run \(run)")
            #expect(journal.position(lane: "1") == (0, 0), "run \(run)")
            journal.close()
        }
    }

    @Test("Memory is bounded while the disk refuses: the oldest scans go, and their numbers stay a gap")
    func boundsMemory() throws {
        var limits = limits()
        limits.unwrittenScansMax = 10
        let journal = try bench.open(limits: limits)
        try pragma(Refusal.readOnly.begin, in: journal)
        for index in 0..<25 { bench.append("\(index)", to: journal) }
        bench.deliveries.wait(for: 25)
        #expect(try journal.scans(lane: "1", after: 0, limit: 100).map(\.sequence) == Array(16...25))
        try pragma(Refusal.readOnly.end, in: journal)
        bench.faults.wait()
        bench.faults.wait()
        #expect(bench.append("next", to: journal) == .numbered(epoch: journal.epoch, sequence: 26))
        journal.close()
    }

    @Test("A refusal that comes back is told again")
    func comesBack() throws {
        let journal = try bench.open(limits: limits())
        for _ in 0..<3 {
            try pragma(Refusal.readOnly.begin, in: journal)
            bench.append("x", to: journal)
            bench.faults.wait()
            try pragma(Refusal.readOnly.end, in: journal)
            bench.faults.wait()
        }
        #expect(bench.faults.codes == [.readOnly, nil, .readOnly, nil, .readOnly, nil])
        journal.close()
    }
}
