import Customers
import Devices
import Foundation
import Journal

@testable import Edge

/// A lane with a clock of its own, and a note of what it wants done.
struct LaneRig {
    var lane: Lane
    private(set) var now = ContinuousClock.now
    private(set) var actions: [LaneAction] = []
    private var sequence: UInt64 = 0

    init(withTill: Bool = true, arming: EdgeConfiguration.Arming = .always) {
        lane = Lane(name: "1", lastSequence: 0, text: DisplayText(store: "Storgata"), arming: arming)
        if withTill {
            try? perform { lane, now throws(LaneRefusal) in try lane.take(by: .kassa, takeOver: false, now: now) }
        }
    }

    mutating func perform<Failure: Error>(
        _ rule: (inout Lane, ContinuousClock.Instant) throws(Failure) -> [LaneAction]
    ) throws(Failure) {
        actions = try rule(&lane, now)
    }

    mutating func pass(_ time: Duration) {
        now += time
        perform { $0.elapse(now: $1) }
    }

    /// The next scan of the lane, read now.
    mutating func nextScan(_ answer: Answer) -> LaneScan {
        sequence += 1
        let entry = ScanEntry(
            lane: "1", data: [0x41], symbology: 204, aim: "]Q1", device: "1-1", scannedAt: Date(), family: 3)
        return LaneScan(
            JournaledScan(epoch: 1, sequence: sequence, entry: entry), answer: answer,
            takenBefore: now + lane.limits.scanTime)
    }

    mutating func scan(_ answer: Answer) {
        let scan = nextScan(answer)
        perform { $0.scanned(scan, now: $1) }
    }

    /// What the last event's scan came to.
    var attachment: Attachment? {
        for case .deliver(_, let outcome, _) in actions { return outcome.attachment }
        return nil
    }

    var isExpired: Bool {
        for case .deliver(_, let outcome, _) in actions { return outcome.isExpired }
        return false
    }

    var beep: LaneBeep? {
        for case .beep(let beep, _) in actions { return beep }
        return nil
    }

    /// The last order to the scanners.
    var armed: Bool? {
        for case .arm(let armed) in actions.reversed() { return armed }
        return nil
    }

    var shown: [String]? {
        for case .show(let screen) in actions { return screen.lines }
        return nil
    }

    var isStatePublished: Bool {
        actions.contains { if case .publishState = $0 { true } else { false } }
    }
}

extension LaneTill {
    static let kassa = LaneTill(watch: 1, name: "kassa/1")
    static let other = LaneTill(watch: 2, name: "kassa/2")
}
