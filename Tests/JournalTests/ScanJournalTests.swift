import Foundation
import Storage
import Testing

@testable import Journal

@Suite("The scan journal")
struct ScanJournalTests {
    let bench: JournalBench

    init() throws { bench = try JournalBench() }

    @Test("A scan comes back from the file as it was appended")
    func keepsAScan() throws {
        let journal = try bench.open()
        let appended = bench.append("7038010009457", to: journal)
        bench.deliveries.wait(for: 1)
        let expected = JournaledScan(
            epoch: journal.epoch, sequence: 1, entry: JournalBench.entry("1", "7038010009457"))
        #expect(appended == .numbered(epoch: journal.epoch, sequence: 1))
        #expect(bench.deliveries.all == [expected])
        #expect(try journal.scans(lane: "1", after: 0, limit: 10) == [expected])
        #expect(journal.position(lane: "1") == (1, 1))
        journal.close()
    }

    @Test("When a scan was read is kept by the clock that nobody sets, and that clock goes on")
    func keepsBootTime() throws {
        let journal = try bench.open()
        let first = try #require(BootTime.now())
        var entry = JournalBench.entry("1", "7038010009457")
        entry.bootTime = first
        _ = journal.append(entry) { [bench] in bench.deliveries.note($0) }
        bench.deliveries.wait(for: 1)
        let found = try #require(try journal.scans(lane: "1", after: 0, limit: 1).first)
        #expect(found.entry == entry)
        let later = try #require(BootTime.now())
        #expect(try #require(first.duration(to: later)) >= .zero)
        #expect(BootTime(boot: first.boot &+ 1, elapsed: first.elapsed).duration(to: later) == nil)
        journal.close()
    }

    @Test("A scan is on the disk before it is handed on")
    func commitsFirst() throws {
        let journal = try bench.open()
        let found = Deliveries()
        _ = journal.append(JournalBench.entry("1", "a")) { scan in
            let kept = try? journal.scans(lane: "1", after: 0, limit: 10)
            for scan in kept ?? [] { found.note(scan) }
            found.note(scan)
        }
        found.wait(for: 2)
        #expect(found.all.map(\.sequence) == [1, 1])
        journal.close()
    }

    @Test("Sixteen threads append to eight lanes: no gap, no double, each lane in order")
    func numbersWithoutGaps() throws {
        let journal = try bench.open()
        let threads = 16
        let each = 200
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for index in 0..<each {
                bench.append("\(thread)-\(index)", lane: "\(thread % 8)", to: journal)
            }
        }
        bench.deliveries.wait(for: threads * each)
        for lane in 0..<8 {
            let delivered = bench.deliveries.lane("\(lane)")
            #expect(delivered.map(\.sequence) == Array(1...UInt64(2 * each)), "lane \(lane)")
            let kept = try journal.scans(lane: "\(lane)", after: 0, limit: 1_000)
            #expect(kept == delivered, "lane \(lane)")
        }
        journal.close()
    }

    @Test("A restart keeps the epoch and continues the numbers")
    func continues() throws {
        var journal = try bench.open()
        let epoch = journal.epoch
        for text in ["a", "b", "c"] { bench.append(text, to: journal) }
        bench.append("d", lane: "self-3", to: journal)
        journal.close()
        journal = try bench.open()
        #expect(journal.epoch == epoch)
        #expect(journal.position(lane: "1") == (1, 3))
        #expect(journal.position(lane: "self-3") == (1, 1))
        #expect(bench.append("e", to: journal) == .numbered(epoch: epoch, sequence: 4))
        journal.close()
    }

    @Test("Closing hands everything on that was appended, and refuses what comes later")
    func drains() throws {
        let journal = try bench.open()
        for index in 0..<1_000 { bench.append("\(index)", to: journal) }
        journal.close()
        #expect(bench.deliveries.all.count == 1_000)
        #expect(bench.append("late", to: journal) == .queueFull)
    }

    @Test("Two new journals have two epochs, and a later one is greater")
    func beginsEpochs() throws {
        let first = try bench.open()
        let other = try JournalBench()
        let second = try other.open(now: { JournalBench.noon.addingTimeInterval(1) })
        #expect(first.epoch < second.epoch)
        first.close()
        second.close()
    }

    @Test("A full queue refuses a scan and gives it no number")
    func boundsTheQueue() throws {
        var limits = JournalLimits()
        limits.pendingScansMax = 2
        let journal = try bench.open(limits: limits)
        let gate = DispatchSemaphore(value: 0)
        let inside = DispatchSemaphore(value: 0)
        _ = journal.append(JournalBench.entry("1", "first")) { _ in
            inside.signal()
            gate.wait()
        }
        inside.wait()
        let answers = (0..<3).map { bench.append("\($0)", to: journal) }
        gate.signal()
        bench.deliveries.wait(for: 2)
        let epoch = journal.epoch
        #expect(answers == [.numbered(epoch: epoch, sequence: 2), .numbered(epoch: epoch, sequence: 3), .queueFull])
        #expect(bench.append("again", to: journal) == .numbered(epoch: epoch, sequence: 4))
        journal.close()
    }

    @Test("A settlement shows at once and outlives a restart, and so does an acknowledgement")
    func settles() throws {
        var journal = try bench.open()
        for text in ["a", "b", "c"] { bench.append(text, to: journal) }
        bench.deliveries.wait(for: 3)
        journal.settle(lane: "1", sequence: 2, attachment: 3, expired: true)
        journal.acknowledge(lane: "1", sequence: 2)
        let shown = try journal.scans(lane: "1", after: 1, limit: 1)
        #expect(shown.map(\.attachment) == [3])
        #expect(shown.map(\.expired) == [true])
        #expect(journal.acknowledged(lane: "1") == 2)
        journal.close()
        journal = try bench.open()
        let kept = try journal.scans(lane: "1", after: 0, limit: 10)
        #expect(kept.map(\.attachment) == [0, 3, 0])
        #expect(kept.map(\.expired) == [false, true, false])
        #expect(journal.acknowledged(lane: "1") == 2)
        journal.close()
    }

    @Test("What became of a scan is written without a further scan")
    func flushes() throws {
        var limits = JournalLimits()
        limits.flushAfter = .milliseconds(1)
        let journal = try bench.open(limits: limits)
        bench.append("a", to: journal)
        bench.deliveries.wait(for: 1)
        journal.settle(lane: "1", sequence: 1, attachment: 2, expired: false)
        while try journal.file.scans(lane: "1", after: 0, limit: 1).map(\.attachment) != [2] {}
        journal.close()
    }

    @Test("An acknowledgement never goes back, and none is taken of a scan that does not exist")
    func acknowledgesForward() throws {
        let journal = try bench.open()
        for text in ["a", "b"] { bench.append(text, to: journal) }
        bench.deliveries.wait(for: 2)
        for sequence: UInt64 in [2, 1, 99] { journal.acknowledge(lane: "1", sequence: sequence) }
        journal.acknowledge(lane: "nowhere", sequence: 1)
        #expect(journal.acknowledged(lane: "1") == 2)
        #expect(journal.acknowledged(lane: "nowhere") == 0)
        journal.close()
    }

    @Test("An unknown lane is empty", arguments: [UInt64(0), 1, .max])
    func knowsNoLane(after: UInt64) throws {
        let journal = try bench.open()
        #expect(try journal.scans(lane: "9", after: after, limit: 10) == [])
        #expect(journal.position(lane: "9") == (0, 0))
        journal.close()
    }

    @Test("The log is long enough from the start to be written over")
    func lengthensTheLog() throws {
        let limits = JournalLimits()
        let journal = try bench.open(limits: limits)
        let length = try bench.directory.bytes("journal.db-wal").count
        #expect(length >= limits.logBytesReady)
        for index in 0..<100 { bench.append("\(index)", to: journal) }
        bench.deliveries.wait(for: 100)
        #expect(try bench.directory.bytes("journal.db-wal").count == length)
        journal.close()
    }

    @Test("One process at a time", .timeLimit(.minutes(1)))
    func isAlone() throws {
        let journal = try bench.open()
        let error = #expect(throws: StorageError.self) { try bench.open() }
        #expect(error?.code == .inUse)
        journal.close()
    }

    @Test("Another key's journal is refused and left as it is")
    func refusesAnotherKey() throws {
        try bench.open().close()
        let other = Vault(key: try StoreKey.loadOrCreate(at: bench.directory.file("key")))
        let error = #expect(throws: StorageError.self) { try ScanJournal(path: bench.path, vault: other) { _ in } }
        #expect(error?.code == .sealBroken)
        let journal = try bench.open()
        #expect(journal.setAside == nil)
        journal.close()
    }

    @Test("No clear word of a label is in any file")
    func seals() throws {
        let journal = try bench.open()
        let canary = "canary-Kari-Nordmann-4799999999"
        for index in 0..<300 { bench.append("\(canary)-\(index)", to: journal) }
        bench.deliveries.wait(for: 300)
        try expectNoTrace(of: canary)
        journal.close()
        try expectNoTrace(of: canary)
    }

    private func expectNoTrace(of canary: String) throws {
        let names = try bench.directory.names()
        #expect(names.contains("journal.db"))
        for name in names {
            #expect(try bench.directory.bytes(name).range(of: Data(canary.utf8)) == nil, "\(name)")
        }
    }
}
