import Dispatch
import Foundation
import GRDB
import Storage
import Testing

@testable import Journal

@Suite("A journal whose store changes its key", .timeLimit(.minutes(2)))
struct JournalRewriteTests {
    static let scans = 400

    let bench: JournalBench

    init() throws {
        bench = try JournalBench()
        let journal = try open()
        try Contents.fill(journal, bench)
        journal.close()
    }

    static func open(_ directory: String) throws -> ScanJournal {
        let nobody: @Sendable (JournalFault?) -> Void = { _ in }
        var limits = JournalLimits()
        // So that every page of the file holds rows.
        limits.logBytesReady = 0
        return try ScanJournal(
            path: "\(directory)/journal.db", vault: Vault(keys: try StoreKeys.loadOrCreate(at: "\(directory)/key")),
            limits: limits, now: { JournalBench.noon }, onFault: nobody)
    }

    private func open() throws -> ScanJournal { try Self.open(bench.directory.path) }

    private func rotate() throws {
        _ = try StoreKeys.replace(at: bench.directory.file("key")) { keys throws(StorageError) in try keys.rotated() }
    }

    private func retire() throws { _ = try StoreKeys.replace(at: bench.directory.file("key")) { $0.retired } }

    /// A little of everything that a journal keeps.
    private enum Contents {
        static func fill(_ journal: ScanJournal, _ bench: JournalBench) throws {
            for index in 0..<scans {
                bench.append("scan-\(index)", lane: index.isMultiple(of: 2) ? "1" : "2", to: journal)
            }
            bench.deliveries.wait(for: scans)
            for index in 0..<150 { try post(draft(index), journal) }
            // Two came to their ends: one was sent, and one was given up.
            for (index, state) in [(0, OutboxState.sent), (1, .dropped)] {
                let entry = try #require(try journal.outbox.entries().first { $0.operation == draft(index).operation })
                var standing = entry.standing
                standing.state = state
                _ = try journal.outbox.note(standing, of: entry)
            }
            for index in 0..<150 {
                try journal.redemptions.write(
                    Redemption(
                        id: journal.redemptions.id(lane: "1", operation: [UInt8(index)]), customer: "C\(index)",
                        benefit: "B", lane: "1", basket: "", state: 1, expiresAt: JournalBench.noon,
                        changedAt: JournalBench.noon))
            }
            let written = DispatchSemaphore(value: 0)
            for index in 0..<150 {
                let change = LaneChange(
                    state: { Array("state".utf8) },
                    operation: AnsweredOperation(operation(index, journal), answer: [UInt8(index)]))
                journal.note(change, lane: "1") { written.signal() }
                written.wait()
            }
        }

        private static func post(_ draft: OutboxDraft, _ journal: ScanJournal) throws {
            _ = try journal.outbox.post(draft, now: JournalBench.noon)
        }

        static func draft(_ index: Int) -> OutboxDraft { OutboxTests.draft(index, subject: "K\(index)") }

        static func operation(_ index: Int, _ journal: ScanJournal, body: [UInt8] = [1]) -> Journal.Operation {
            journal.operation(lane: "1", id: [UInt8(index)], call: "Enter", body: body)
        }

        /// What is not as it was.
        static func faults(_ journal: ScanJournal) throws -> [String] {
            var faults: [String] = []
            for (lane, rest) in [("1", 0), ("2", 1)] {
                let found = try words(journal, lane)
                if found != (0..<scans / 2).map({ "scan-\($0 * 2 + rest)" }) { faults.append("scans of \(lane)") }
            }
            if try journal.state(lane: "1") != Array("state".utf8) { faults.append("state") }
            let entries = try journal.outbox.entries()
            for index in 2..<150 where entries[index].payload != draft(index).payload || !entries[index].isReadable {
                faults.append("entry \(index)")
            }
            for index in 0..<150 where try journal.record(of: operation(index, journal)) != .answered([UInt8(index)]) {
                faults.append("operation \(index)")
            }
            for index in 0..<150 {
                let id = journal.redemptions.id(lane: "1", operation: [UInt8(index)])
                let used = try journal.redemptions.redemption(id)?.customer == "C\(index)"
                let listed = try journal.redemptions.redemptions(of: "C\(index)").map(\.id) == [id]
                if !used || !listed { faults.append("redemption \(index)") }
            }
            return faults
        }

        static func words(_ journal: ScanJournal, _ lane: String) throws -> [String] {
            try journal.scans(lane: lane, after: 0, limit: 1_000).map { String(decoding: $0.entry.data, as: UTF8.self) }
        }

        /// Effects that would be carried out twice.
        static func twice(_ journal: ScanJournal) throws -> [Int] {
            try (0..<150).filter { index in
                if case .known = try journal.outbox.post(draft(index), now: JournalBench.noon) { return false }
                return true
            }
        }
    }

    @Test("After every step everything is as it was, and no effect comes twice, those that ended included")
    func readsEverything() throws {
        try rotate()
        var journal = try open()
        let epoch = journal.epoch
        var rewrite = try #require(try journal.rewrite())
        var steps = 0
        repeat {
            #expect(try Contents.faults(journal) == [], "step \(steps)")
            steps += 1
        } while try rewrite.step()
        #expect(steps > 8)
        #expect(try Contents.twice(journal) == [])
        #expect(try journal.rewrite() == nil)
        journal.close()
        try retire()
        journal = try open()
        #expect(journal.epoch == epoch)
        #expect(try Contents.faults(journal) == [])
        #expect(try Contents.twice(journal) == [])
        journal.close()
    }

    @Test("What a call asked for is still compared while the key changes, and its id alone tells afterwards")
    func comparesCalls() throws {
        try rotate()
        let journal = try open()
        #expect(try journal.record(of: Contents.operation(7, journal, body: [2])) == .other)
        var other = Contents.draft(9)
        other.payload = [9]
        #expect(try journal.outbox.post(other, now: JournalBench.noon) == .otherOperation)
        var rewrite = try #require(try journal.rewrite())
        while try rewrite.step() {}
        #expect(try journal.record(of: Contents.operation(7, journal)) == .answered([7]))
        #expect(try journal.record(of: Contents.operation(7, journal, body: [2])) == .answered([7]))
        #expect(try journal.outbox.post(other, now: JournalBench.noon) == .otherOperation)
        journal.close()
    }

    @Test("Scans that come between the steps are kept, and an erasure between them stays one")
    func takesScans() throws {
        try rotate()
        var journal = try open()
        var rewrite = try #require(try journal.rewrite())
        _ = try journal.blankScans { $0.data == Array("scan-399".utf8) }
        var appended = 0
        while try rewrite.step() {
            bench.append("new-\(appended)", lane: "3", to: journal)
            appended += 1
        }
        bench.deliveries.wait(for: appended)
        journal.close()
        try retire()
        journal = try open()
        #expect(try Contents.words(journal, "3") == (0..<appended).map { "new-\($0)" })
        #expect(try journal.scans(lane: "2", after: 199, limit: 1).map(\.entry.data) == [[]])
        journal.close()
    }

    @Test("A process that is killed after any step has lost nothing, and the next one goes on", arguments: [1, 5, 9])
    func survivesKill(steps: Int) async throws {
        try rotate()
        let directory = bench.directory.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [directory = directory as String, steps = steps as Int] in
            let journal = try JournalRewriteTests.open(directory)
            guard var rewrite = try journal.rewrite() else { return }
            for _ in 0..<steps { _ = try rewrite.step() }
            kill(getpid(), SIGKILL)
        }
        var journal = try open()
        #expect(try Contents.faults(journal) == [])
        var rewrite = try #require(try journal.rewrite())
        while try rewrite.step() {}
        journal.close()
        try retire()
        journal = try open()
        #expect(try Contents.faults(journal) == [])
        journal.close()
    }

    @Test("Nothing that was sealed under the key before is in any byte of the file afterwards")
    func leavesNothing() throws {
        var journal = try open()
        let remains = try journal.file.pool.read { database in
            try [
                "SELECT data FROM scans", "SELECT content FROM outbox WHERE content NOT NULL",
                "SELECT answer FROM operations", "SELECT state FROM lane_states", "SELECT content FROM redemptions",
                "SELECT digest FROM outbox", "SELECT payload FROM operations",
            ].flatMap { try Data.fetchAll(database, sql: $0) }
        }
        journal.close()
        func left() throws -> Int {
            let names = try bench.directory.names().filter { $0.hasPrefix("journal.db") }
            let files = try names.map { try bench.directory.bytes($0) }
            return remains.filter { piece in files.contains { $0.range(of: piece) != nil } }.count
        }
        #expect(try left() == remains.count && remains.count > 1_000)
        try rotate()
        journal = try open()
        var rewrite = try #require(try journal.rewrite())
        while try rewrite.step() {}
        #expect(try left() == 0)
        journal.close()
    }

    @Test("Rows saved from a broken file while the key changes are rewritten too")
    func rewritesSalvaged() throws {
        try rotate()
        var file = try bench.directory.bytes("journal.db")
        // A leaf of a table without row ids, or of an index (https://www.sqlite.org/fileformat.html, section 1.6).
        var start = file.count / 8_192 * 4_096
        while file[start] != 0x0A { start -= 4_096 }
        file.replaceSubrange(start..<start + 4_096, with: Data(repeating: 0xA5, count: 4_096))
        try bench.directory.write(file, to: "journal.db")
        var journal = try open()
        try #require(journal.setAside != nil && journal.salvagedRows > 0)
        var rewrite = try #require(try journal.rewrite())
        while try rewrite.step() {}
        let saved = journal.salvagedRows
        journal.close()
        try retire()
        journal = try open()
        #expect(saved > 100)
        let unreadable = try journal.file.pool.read { database in
            try Data.fetchAll(database, sql: "SELECT content FROM redemptions").filter {
                (try? journal.file.seals.redemptions.open($0)) == nil
            }.count
        }
        #expect(unreadable == 0)
        journal.close()
    }
}
