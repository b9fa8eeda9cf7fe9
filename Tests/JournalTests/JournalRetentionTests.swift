import Foundation
import Synchronization
import Testing

@testable import Journal

@Suite("The journal's retention")
struct JournalRetentionTests {
    let bench: JournalBench

    init() throws { bench = try JournalBench() }

    private func limits() -> JournalLimits {
        var limits = JournalLimits()
        limits.trimScansMax = 16
        limits.keptScansMax = 100
        // Days pass here by nothing but the clock on the wall.
        limits.clockJumpMax = .seconds(100 * 365 * 86_400)
        return limits
    }

    /// Waits until so many scans of a lane are kept, and returns their numbers.
    private func kept(_ count: Int, lane: String = "1", in journal: ScanJournal) throws -> [UInt64] {
        while true {
            let sequences = try journal.file.scans(lane: lane, after: 0, limit: 10_000).map(\.sequence)
            if sequences.count == count { return sequences }
        }
    }

    @Test("More scans than are kept push the oldest out, a step at a time", .timeLimit(.minutes(1)))
    func boundsTheCount() throws {
        let journal = try bench.open(limits: limits())
        for index in 0..<500 { bench.append("\(index)", to: journal) }
        bench.deliveries.wait(for: 500)
        // Trimming begins a step above the bound, and ends on it.
        bench.append("last", to: journal)
        journal.close()
        let again = try bench.open(limits: limits())
        #expect(try kept(100, in: again) == Array(402...501))
        #expect(again.position(lane: "1").last == 501)
        again.close()
    }

    @Test(
        "Scans older than their time go, the newest of a lane stays, and the numbers continue", .timeLimit(.minutes(1)))
    func boundsTheAge() throws {
        var journal = try bench.open(limits: limits())
        for index in 0..<50 {
            bench.append("\(index)", at: JournalBench.noon.addingTimeInterval(Double(index) * 3_600), to: journal)
        }
        bench.append("only", lane: "2", to: journal)
        bench.deliveries.wait(for: 51)
        journal.acknowledge(lane: "1", sequence: 50)
        journal.close()
        let later = JournalBench.noon.addingTimeInterval(7 * 86_400 + 30 * 3_600 - 1)
        journal = try bench.open(limits: limits(), now: { later })
        #expect(try kept(20, in: journal) == Array(31...50))
        #expect(try kept(1, lane: "2", in: journal) == [1])
        journal.close()
        let muchLater = later.addingTimeInterval(86_400 * 365)
        journal = try bench.open(limits: limits(), now: { muchLater })
        #expect(try kept(1, in: journal) == [50])
        #expect(bench.append("next", to: journal) == .numbered(epoch: journal.epoch, sequence: 51))
        journal.close()
    }

    @Test("What no till has acknowledged outlives what one has, and goes in its time", .timeLimit(.minutes(1)))
    func keepsUnacknowledged() throws {
        var journal = try bench.open(limits: limits())
        for index in 0..<20 { bench.append("\(index)", to: journal) }
        bench.deliveries.wait(for: 20)
        journal.acknowledge(lane: "1", sequence: 12)
        journal.close()
        let later = JournalBench.noon.addingTimeInterval(7 * 86_400 + 1)
        journal = try bench.open(limits: limits(), now: { later })
        #expect(try kept(8, in: journal) == Array(13...20))
        journal.close()
        let muchLater = JournalBench.noon.addingTimeInterval(14 * 86_400 + 1)
        journal = try bench.open(limits: limits(), now: { muchLater })
        #expect(try kept(1, in: journal) == [20])
        #expect(journal.position(lane: "1").firstKept == 20)
        journal.close()
    }

    @Test("A clock that is years ahead at the start deletes nothing that is not too old", .timeLimit(.minutes(1)))
    func survivesWrongClock() throws {
        var journal = try bench.open()
        for index in 0..<20 { bench.append("\(index)", to: journal) }
        bench.deliveries.wait(for: 20)
        journal.acknowledge(lane: "1", sequence: 20)
        func redemption(_ number: UInt8, at time: Date) -> Redemption {
            Redemption(
                id: journal.redemptions.id(lane: "1", operation: [number]), customer: "C", benefit: "B", lane: "1",
                basket: "", state: 2, expiresAt: time, changedAt: time)
        }
        let (fresh, old) = (
            redemption(1, at: JournalBench.noon), redemption(2, at: JournalBench.noon - 801 * 86_400)
        )
        for use in [fresh, old] { try journal.redemptions.write(use) }
        journal.close()
        journal = try bench.open(now: { JournalBench.noon + 4_000 * 86_400 })
        // Uses are what a round of tidying comes to last.
        while try journal.redemptions.redemption(old.id) != nil {}
        #expect(try journal.redemptions.redemption(fresh.id) == fresh)
        #expect(journal.position(lane: "1").firstKept == 1)
        journal.close()
    }

    @Test("A clock that is a year ahead deletes nothing, at the next start neither", .timeLimit(.minutes(1)))
    func doubtsTheClock() throws {
        var limits = limits()
        limits.clockJumpMax = JournalLimits().clockJumpMax
        limits.trimScansMax = 1
        var journal = try bench.open(limits: limits)
        for index in 0..<20 { bench.append("\(index)", at: JournalBench.noon, to: journal) }
        bench.deliveries.wait(for: 20)
        journal.close()
        limits.keptScansMax = 10
        journal = try bench.open(limits: limits, now: { JournalBench.noon + 365 * 86_400 })
        // What is too much goes all the same, and by that the round of deleting is seen.
        #expect(try kept(10, in: journal) == Array(11...20))
        // What is written down meanwhile has the wrong time, and is no witness.
        bench.append("next", at: JournalBench.noon + 365 * 86_400, to: journal)
        bench.deliveries.wait(for: 1)
        journal.close()
        journal = try bench.open(limits: limits, now: { JournalBench.noon + 365 * 86_400 })
        #expect(try kept(10, in: journal) == Array(12...21))
        let time = journal.retentionTime(wall: JournalBench.noon + 365 * 86_400, uptime: .now)
        #expect(time < JournalBench.noon + 3_600)
        journal.close()
    }

    @Test("A journal that never rests is trimmed too", .timeLimit(.minutes(1)))
    func trimsUnderLoad() throws {
        let journal = try bench.open(limits: limits())
        let chain = Chain(journal: journal, bench: bench, count: 2_000)
        chain.next()
        bench.deliveries.wait(for: 2_000)
        let position = journal.position(lane: "1")
        #expect(position.last - position.firstKept < 200)
        journal.close()
    }

    /// Appends the next scan while the last one is handed on, so that the commit thread never finds its queue empty.
    private struct Chain: Sendable {
        let journal: ScanJournal
        let bench: JournalBench
        let count: UInt64

        func next() {
            _ = journal.append(JournalBench.entry("1", "x")) { scan in
                if scan.sequence < count { next() }
                bench.deliveries.note(scan)
            }
        }
    }
}
