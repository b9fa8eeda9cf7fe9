import Dispatch
import Foundation
import GRDB
import Testing

@testable import Journal

@Suite("What the journal keeps of operations and lanes")
struct JournalOperationTests {
    let bench: JournalBench

    init() throws { bench = try JournalBench() }

    /// Notes a change and waits until it is written.
    private func write(_ change: LaneChange, to journal: ScanJournal) {
        let written = DispatchSemaphore(value: 0)
        journal.note(change, lane: "1") { written.signal() }
        written.wait()
    }

    private func operation(_ id: UInt8, body: [UInt8] = [1], in journal: ScanJournal) -> Journal.Operation {
        journal.operation(lane: "1", id: [id], call: "Enter", body: body)
    }

    @Test(
        "An operation's answer outlives a restart, and another call with its id is told apart", .timeLimit(.minutes(1)))
    func keeps() throws {
        var journal = try bench.open()
        let mine = operation(1, in: journal)
        #expect(try journal.record(of: mine) == .new)
        write(LaneChange(operation: AnsweredOperation(mine, answer: [7, 8])), to: journal)
        #expect(try journal.record(of: mine) == .answered([7, 8]))
        journal.close()
        journal = try bench.open()
        #expect(try journal.record(of: mine) == .answered([7, 8]))
        #expect(try journal.record(of: operation(1, body: [2], in: journal)) == .other)
        #expect(try journal.record(of: operation(2, in: journal)) == .new)
        let elsewhere = journal.operation(lane: "2", id: [1], call: "Enter", body: [1])
        #expect(try journal.record(of: elsewhere) == .new)
        journal.close()
    }

    @Test(
        "The answer of a scan's operation is known at once, and is in the file with the scan", .timeLimit(.minutes(1)))
    func keepsWithScan() throws {
        var journal = try bench.open()
        let mine = operation(1, in: journal)
        let scan = ScanOperation(mine) { _, sequence in [UInt8(sequence)] }
        _ = journal.append(JournalBench.entry("1", "a"), operation: scan) { [bench] in bench.deliveries.note($0) }
        #expect(try journal.record(of: mine) == .answered([1]))
        bench.deliveries.wait(for: 1)
        #expect(try journal.file.record(of: mine) == .answered([1]))
        journal.close()
        journal = try bench.open()
        #expect(try journal.record(of: mine) == .answered([1]))
        journal.close()
    }

    @Test("Who waits for a change finds it in the file, with all that was noted before", .timeLimit(.minutes(1)))
    func waits() throws {
        let journal = try bench.open()
        bench.append("a", to: journal)
        bench.deliveries.wait(for: 1)
        journal.settle(lane: "1", sequence: 1, attachment: 2, expired: false)
        write(LaneChange(state: { [1, 2, 3] }), to: journal)
        #expect(try journal.file.scans(lane: "1", after: 0, limit: 1).map(\.attachment) == [2])
        #expect(try journal.state(lane: "1") == [1, 2, 3])
        #expect(try journal.state(lane: "2") == nil)
        journal.close()
    }

    @Test("With nothing to write nobody waits")
    func waitsForNothing() throws {
        let journal = try bench.open()
        write(LaneChange(), to: journal)
        journal.close()
        write(LaneChange(state: { [1] }), to: journal)
    }

    @Test("However many answers a lane has, another's are kept", .timeLimit(.minutes(1)))
    func byLane() throws {
        var limits = JournalLimits()
        limits.operationsKeptMax = 5
        limits.trimScansMax = 4
        let journal = try bench.open(limits: limits)
        let other = journal.operation(lane: "2", id: [1], call: "Enter", body: [1])
        write(LaneChange(operation: AnsweredOperation(other, answer: [9])), to: journal)
        for id in 0..<20 {
            write(LaneChange(operation: AnsweredOperation(operation(UInt8(id), in: journal), answer: [1])), to: journal)
        }
        // Each was answered at a time of its own, in this order.
        try bench.execute(
            """
            UPDATE operations SET answered_at = answered_at + numbered.place
            FROM (SELECT id, row_number() OVER (ORDER BY answered_at) AS place FROM operations) AS numbered
            WHERE numbered.id = operations.id
            """)
        while try journal.file.trimOperations(now: JournalBench.noon, limits: limits) {}
        #expect(try journal.file.record(of: other) == .answered([9]))
        let kept = try (0..<20).filter { try journal.file.record(of: operation(UInt8($0), in: journal)) != .new }
        #expect(kept.count == 5)
        journal.close()
    }

    @Test("Operations too old or too many are forgotten", .timeLimit(.minutes(1)))
    func forgets() throws {
        var limits = JournalLimits()
        limits.operationsKeptMax = 10
        limits.clockJumpMax = .seconds(365 * 86_400)
        limits.trimScansMax = 4
        var journal = try bench.open(limits: limits)
        for id in 0..<20 {
            write(LaneChange(operation: AnsweredOperation(operation(UInt8(id), in: journal), answer: [1])), to: journal)
        }
        journal.close()
        let later = JournalBench.noon.addingTimeInterval(60)
        journal = try bench.open(limits: limits, now: { later })
        // Four at a time, until no more are left than may be.
        try waitForOperations(8, in: journal)
        write(LaneChange(operation: AnsweredOperation(operation(99, in: journal), answer: [1])), to: journal)
        journal.close()
        let muchLater = later.addingTimeInterval(31 * 86_400)
        journal = try bench.open(limits: limits, now: { muchLater })
        try waitForOperations(0, in: journal)
        journal.close()
    }

    private func waitForOperations(_ count: Int, in journal: ScanJournal) throws {
        while try journal.file.pool.read({ try Int.fetchOne($0, sql: "SELECT count(*) FROM operations") }) != count {}
    }

    @Test("No clear word of an id, an answer or a lane's state is in any file", .timeLimit(.minutes(1)))
    func seals() throws {
        let journal = try bench.open()
        let canary = Array("canary-Kari".utf8)
        let mine = journal.operation(lane: "1", id: canary, call: "Enter", body: canary)
        write(LaneChange(state: { canary }, operation: AnsweredOperation(mine, answer: canary)), to: journal)
        for name in try bench.directory.names() {
            #expect(try bench.directory.bytes(name).range(of: Data(canary)) == nil, "\(name)")
        }
        journal.close()
    }
}
