import Customers
import Foundation
import Journal
import Testing

@testable import Edge

/// Every short sequence of events in a lane, against what must never happen.
@Suite struct LaneSequenceTests {
    /// How many events a sequence has.
    private static let length = 5

    private enum Event: CaseIterable {
        case scanKari, scanOlena, scanProduct
        case firstWatches, secondWatches, secondTakesOver
        case connectionLost, tillLeaves
        case open, close
        case lateTime
    }

    /// A lane with the scans that a journal would give to a till, as the host gives them.
    private struct World {
        var lane = Lane(name: "1", lastSequence: 0, text: DisplayText(store: "Storgata"))
        var now = ContinuousClock.now
        var scans: [LaneScan] = []
        var decided: UInt64 = 0
        /// What each watch was given, in order.
        var given: [UInt64: [UInt64]] = [:]
        var faults: [String] = []
        private var lastWatch: UInt64 = 0

        mutating func happen(_ event: Event) {
            switch event {
            case .scanKari: scan(.customer(.kari))
            case .scanOlena: scan(.customer(.olena))
            case .scanProduct: scan(.product)
            case .firstWatches: watch(token: 1, takeOver: false)
            case .secondWatches: watch(token: 2, takeOver: false)
            case .secondTakesOver: watch(token: 2, takeOver: true)
            case .connectionLost: if let till = lane.till { carryOut(lane.lost(till, now: now)) }
            case .tillLeaves: if let till = lane.till { carryOut(lane.left(till, now: now)) }
            case .open:
                if let actions = try? lane.openBasket("B", now: now) { carryOut(actions) }
            case .close:
                if let actions = try? lane.closeBasket("B", isPaid: true, now: now) { carryOut(actions) }
            case .lateTime:
                now += lane.limits.scanTime
                carryOut(lane.elapse(now: now))
            }
            check()
        }

        private mutating func scan(_ answer: Answer) {
            let sequence = UInt64(scans.count + 1)
            let entry = ScanEntry(
                lane: "1", data: [0x41], symbology: 204, aim: "", device: "1-1",
                scannedAt: Date(timeIntervalSince1970: 0), family: 3)
            let scan = LaneScan(
                JournaledScan(epoch: 1, sequence: sequence, entry: entry), answer: answer,
                takenBefore: now + lane.limits.scanTime)
            scans.append(scan)
            carryOut(lane.scanned(scan, now: now))
        }

        private mutating func watch(token: UInt8, takeOver: Bool) {
            lastWatch += 1
            let till = LaneTill(watch: lastWatch, name: "kassa", token: [token])
            guard let actions = try? lane.take(by: till, takeOver: takeOver, now: now) else {
                if takeOver { faults.append("Taking over was refused.") }
                return
            }
            carryOut(actions)
            for scan in scans where scan.sequence > decided { carryOut(lane.replayed(scan, now: now)) }
        }

        private mutating func carryOut(_ actions: [LaneAction]) {
            for action in actions {
                switch action {
                case .deliver(let scan, let outcome, let audience): deliver(scan, outcome, audience)
                case .settle(let sequence, _):
                    if sequence != decided + 1 { faults.append("Scan \(sequence) was decided after \(decided).") }
                    decided = sequence
                case .letGo(let till):
                    if lane.till == till { faults.append("The holder was let go.") }
                case .remember, .publishState, .show, .beep, .arm: break
                }
            }
        }

        private mutating func deliver(_ scan: LaneScan, _ outcome: ScanOutcome, _ audience: LaneAudience) {
            if case .observers = audience { return }
            guard let till = lane.till else { return faults.append("A scan was delivered to no till.") }
            if let last = given[till.watch]?.last, scan.sequence != last + 1 {
                faults.append("Scan \(scan.sequence) came after \(last).")
            }
            given[till.watch, default: []].append(scan.sequence)
            let isLate = scan.takenBefore <= now
            if isLate != outcome.isExpired { faults.append("Scan \(scan.sequence): expired \(outcome.isExpired).") }
            if outcome.isExpired, outcome.attachment != .undecided { faults.append("An expired scan was attached.") }
        }

        private mutating func check() {
            if lane.till != nil, decided != UInt64(scans.count) {
                faults.append("A till is connected, and scan \(decided + 1) waits.")
            }
            if lane.basket != nil, lane.held != nil { faults.append("A customer is held beside an open basket.") }
            if let held = lane.held, held.until <= now { faults.append("A customer is held for too long.") }
        }
    }

    @Test("No sequence of events gives a scan twice or out of order, loses one, or attaches an expired one")
    func allSequences() {
        var count = 0
        func walk(_ world: World, _ depth: Int, _ path: [Event]) {
            for event in Event.allCases {
                var next = world
                next.happen(event)
                count += 1
                if !next.faults.isEmpty {
                    Issue.record("\(path + [event]): \(next.faults)")
                    continue
                }
                if depth > 1 { walk(next, depth - 1, path + [event]) }
            }
        }
        walk(World(), Self.length, [])
        #expect(count > 150_000)
    }
}
