import Dispatch
import Foundation
import GRDB
import Storage
import Testing

@testable import Journal

@Suite("A journal whose log is damaged after its process died", .timeLimit(.minutes(1)))
struct JournalLogTests {
    private static let scans = 60

    let bench: JournalBench

    init() throws { bench = try JournalBench() }

    /// The files as a kill leaves them, each scan committed by itself, and the epoch.
    private func left() throws -> (files: [String: Data], epoch: UInt64) {
        var limits = JournalLimits()
        // So that every scan is in the log alone.
        limits.logBytesReady = 0
        let journal = try bench.open(limits: limits)
        for index in 0..<Self.scans {
            bench.append("\(index)", to: journal)
            bench.deliveries.wait(for: 1)
        }
        let names = ["journal.db", "journal.db-wal", "journal.db.unwritten"]
        let files = try Dictionary(uniqueKeysWithValues: names.map { ($0, try bench.directory.bytes($0)) })
        let epoch = journal.epoch
        journal.close()
        return (files, epoch)
    }

    private func open(_ files: [String: Data]) throws -> (journal: ScanJournal, directory: TemporaryDirectory) {
        let directory = try TemporaryDirectory()
        for (name, bytes) in files { try directory.write(bytes, to: name) }
        let journal = try ScanJournal(
            path: directory.file("journal.db"), vault: bench.vault, now: { JournalBench.noon }, onFault: { _ in })
        return (journal, directory)
    }

    private func kept(_ journal: ScanJournal) throws -> [String] {
        try journal.scans(limit: 1_000) { _ in true }.map { String(decoding: $0.entry.data, as: UTF8.self) }
    }

    @Test("A log that is whole gives every scan, in its epoch")
    func whole() throws {
        let (files, epoch) = try left()
        let (journal, _) = try open(files)
        #expect(journal.epoch == epoch && journal.setAside == nil && journal.lostScans == 0)
        #expect(try kept(journal) == (0..<Self.scans).map { "\($0)" })
        journal.close()
    }

    @Test("A bit that is turned over in it costs what stands there alone: the rest is saved, and numbers begin anew")
    func flipped() throws {
        let (whole, epoch) = try left()
        var files = whole
        let log = try #require(files["journal.db-wal"])
        files["journal.db-wal"]?[log.count / 2] ^= 1
        let (journal, _) = try open(files)
        #expect(journal.setAside != nil && journal.epoch > epoch)
        let kept = try Set(kept(journal))
        #expect(kept.count >= Self.scans - 2, "\(Self.scans - kept.count) are lost")
        journal.close()
    }

    @Test(
        "A log that lost its end is told of with what is gone, and no number comes twice", arguments: [0, 32, 30_000])
    func cut(bytes: Int) throws {
        let (whole, epoch) = try left()
        var files = whole
        files["journal.db-wal"] = files["journal.db-wal"]?.prefix(bytes)
        let (journal, _) = try open(files)
        let kept = try kept(journal)
        #expect(journal.setAside == nil && journal.epoch > epoch)
        #expect(kept.count < Self.scans && journal.lostScans == UInt64(Self.scans - kept.count))
        #expect(kept == (0..<kept.count).map { "\($0)" })
        journal.close()
    }

    /// Changes something of each kind that is no scan, by other ways into the file, so often.
    private func change(_ journal: ScanJournal, _ number: Int) throws {
        let key = [UInt8](repeating: UInt8(number), count: 16)
        switch number % 3 {
        case 0:
            let draft = OutboxDraft(system: "poster", kind: "sale", operation: key, payload: [1])
            _ = try journal.outbox.post(draft, now: JournalBench.noon)
        case 1: try journal.noteForgotten("C\(number)", at: JournalBench.noon)
        default:
            let done = DispatchSemaphore(value: 0)
            let operation = journal.operation(lane: "1", id: key, call: "Lanes/OpenBasket", body: [1])
            let answered = AnsweredOperation(operation, answer: [2])
            journal.note(LaneChange(operation: answered), lane: "1") { done.signal() }
            done.wait()
        }
    }

    @Test(
        "A log that lost the end where no scan was is told of, by what is gone, and the numbers of scans go on",
        arguments: [1, 2, 5, 12])
    func cutBehindTheScans(count: Int) throws {
        var limits = JournalLimits()
        limits.logBytesReady = 0
        let journal = try bench.open(limits: limits)
        bench.append("1", to: journal)
        bench.deliveries.wait(for: 1)
        for number in 0..<12 { try change(journal, number) }
        let before = try bench.directory.bytes("journal.db-wal").count
        for number in 12..<(12 + count) { try change(journal, number) }
        var files = try Dictionary(
            uniqueKeysWithValues: ["journal.db", "journal.db-wal", "journal.db.unwritten"].map {
                ($0, try bench.directory.bytes($0))
            })
        let epoch = journal.epoch
        journal.close()
        let (whole, _) = try open(files)
        #expect(whole.lostChanges == 0 && whole.lostScans == 0 && whole.epoch == epoch)
        whole.close()
        files["journal.db-wal"] = files["journal.db-wal"]?.prefix(before)
        let (cut, directory) = try open(files)
        #expect(cut.setAside == nil && cut.lostScans == 0 && cut.epoch == epoch)
        #expect(cut.lostChanges == UInt64(count))
        // It is told once: what comes now counts from where the file is.
        try change(cut, 0)
        cut.close()
        let again = try ScanJournal(
            path: directory.file("journal.db"), vault: bench.vault, now: { JournalBench.noon }, onFault: { _ in })
        #expect(again.lostChanges == 0)
        again.close()
    }
}
