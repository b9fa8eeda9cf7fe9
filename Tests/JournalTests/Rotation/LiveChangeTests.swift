import Dispatch
import Foundation
import GRDB
import Storage
import Synchronization
import Testing

@testable import Journal

@Suite("A journal that takes up another key while it is open", .timeLimit(.minutes(2)))
struct LiveChangeTests {
    private static let sealed = [
        "SELECT data FROM scans", "SELECT content FROM outbox", "SELECT content FROM redemptions",
        "SELECT state FROM lane_states", "SELECT answer FROM operations",
    ]

    @Test("What is written meanwhile is all under the new key in the end, and nothing of it is lost")
    func changes() throws {
        let bench = try JournalBench()
        let path = bench.directory.file("key")
        let journal = try JournalRewriteTests.open(bench.directory.path)
        let old = Vault(keys: try StoreKeys.loadOrCreate(at: path))
        let (scanning, posting) = (Work(), Work())
        scanning.begin { turn in
            bench.append("scan-\(turn)", to: journal)
            bench.deliveries.wait(for: 1)
            let change = LaneChange(
                state: { Array("state".utf8) },
                operation: AnsweredOperation(
                    journal.operation(lane: "1", id: Array("\(turn)".utf8), call: "Enter", body: [1]), answer: [7]))
            let written = DispatchSemaphore(value: 0)
            journal.note(change, lane: "1") { written.signal() }
            written.wait()
        }
        posting.begin { turn in
            _ = try? journal.outbox.post(OutboxTests.draft(turn, subject: "K\(turn)"), now: JournalBench.noon)
            try? journal.redemptions.write(
                Redemption(
                    id: journal.redemptions.id(lane: "1", operation: Array("\(turn)".utf8)), customer: "C\(turn)",
                    benefit: "B", lane: "1", basket: "", state: 1, expiresAt: JournalBench.noon,
                    changedAt: JournalBench.noon))
        }
        scanning.waitForSome()
        posting.waitForSome()
        let keys = try StoreKeys.replace(at: path) { keys throws(StorageError) in try keys.rotated() }
        journal.change(to: Vault(keys: keys))
        var rewrite = try #require(try journal.rewrite())
        while try rewrite.step() {}
        journal.change(to: Vault(keys: keys.retired))
        let (scans, posts) = (scanning.end(), posting.end())
        for sql in Self.sealed {
            let rows = try journal.file.pool.read { try Data.fetchAll($0, sql: sql) }
            #expect(!rows.isEmpty && rows.allSatisfy { $0.first == 2 }, "\(sql)")
        }
        let found = try journal.scans(lane: "1", after: 0, limit: 1_000)
        let words = found.map { String(decoding: $0.entry.data, as: UTF8.self) }
        #expect(words == (0..<scans).prefix(1_000).map { "scan-\($0)" })
        #expect(try journal.file.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM outbox") } == posts)
        // A call that was answered before the change is known again, and one that asks for something else is not.
        for turn in stride(from: 0, to: scans, by: 7) {
            let operation = journal.operation(lane: "1", id: Array("\(turn)".utf8), call: "Enter", body: [1])
            #expect(try journal.record(of: operation) == .answered([7]))
        }
        let last = journal.operation(lane: "1", id: Array("\(scans - 1)".utf8), call: "Enter", body: [2])
        #expect(try [.other, .answered([7])].contains(journal.record(of: last)))
        journal.close()
        #expect(throws: StorageError.self) {
            try ScanJournal(path: bench.directory.file("journal.db"), vault: old) { _ in }
        }
    }

    @Test("A call that waits for the disk while the key changes is written so that its retry is known")
    func operationAmidTheChange() throws {
        let bench = try JournalBench()
        let path = bench.directory.file("key")
        let journal = try JournalRewriteTests.open(bench.directory.path)
        let before = journal.operation(lane: "1", id: [1], call: "Enter", body: [1])
        let keys = try StoreKeys.replace(at: path) { keys throws(StorageError) in try keys.rotated() }
        journal.change(to: Vault(keys: keys))
        journal.note(LaneChange(operation: AnsweredOperation(before, answer: [7])), lane: "1")
        let retry = journal.operation(lane: "1", id: [1], call: "Enter", body: [1])
        #expect(try journal.record(of: retry) == .answered([7]))
        let written = DispatchSemaphore(value: 0)
        journal.note(LaneChange(), lane: "1") { written.signal() }
        written.wait()
        #expect(try journal.record(of: retry) == .answered([7]))
        var rewrite = try #require(try journal.rewrite())
        while try rewrite.step() {}
        journal.change(to: Vault(keys: keys.retired))
        let later = journal.operation(lane: "1", id: [1], call: "Enter", body: [1])
        #expect(try journal.record(of: later) == .answered([7]))
        journal.close()
    }
}

/// Something that a thread does again and again.
private final class Work: Sendable {
    private let isEnding = Atomic(false)
    private let turns = Atomic(0)
    private let some = DispatchSemaphore(value: 0)
    private let ended = DispatchGroup()

    func begin(_ body: @escaping @Sendable (Int) -> Void) {
        ended.enter()
        Thread { @Sendable [self] in
            var turn = 0
            while !isEnding.load(ordering: .relaxed) {
                body(turn)
                turn += 1
                if turn == 20 { some.signal() }
            }
            turns.store(turn, ordering: .relaxed)
            ended.leave()
        }.start()
    }

    func waitForSome() { some.wait() }

    /// - Returns: how often it was done.
    func end() -> Int {
        isEnding.store(true, ordering: .relaxed)
        ended.wait()
        return turns.load(ordering: .relaxed)
    }
}
