import Devices
import Journal
import Logging
import NIOCore
import Transport
import Wire

/// Carries out what a ``Lane`` decides: events to those who watch, lines to the display, beeps to the scanners, outcomes
/// to the journal. It lives on the store's event loop.
final class LaneHost {
    /// What a lane is connected to.
    struct Surroundings: Sendable {
        let eventLoop: any EventLoop
        let journal: ScanJournal
        let recogniser: Recogniser
        let registry: DeviceRegistry
        let limits: LaneLimits
        let logger: Logger
    }

    private(set) var lane: Lane
    let surroundings: Surroundings
    var watchers: [LaneWatcher] = []
    var nextWatch: UInt64 = 1
    /// The number of the last scan that a till took.
    private(set) var takenSequence: UInt64
    private(set) var isUnjournaled = false
    /// The basket that was closed last, for a till that did not get the answer and asks again.
    var lastClosed: Wire.Basket?
    private var wake: (at: ContinuousClock.Instant, task: Scheduled<Void>)?

    init(name: String, text: DisplayText, surroundings: Surroundings) {
        self.surroundings = surroundings
        let last = surroundings.journal.position(lane: name).last
        lane = Lane(name: name, lastSequence: last, text: text, limits: surroundings.limits)
        takenSequence = LaneHost.lastTaken(lane: name, last: last, in: surroundings)
    }

    /// Runs one of the lane's rules and carries its actions out.
    func perform<Failure: Error>(
        _ rule: (inout Lane, ContinuousClock.Instant) throws(Failure) -> [LaneAction]
    ) throws(Failure) {
        let actions = try rule(&lane, .now)
        for action in actions { carryOut(action) }
        scheduleWake()
    }

    /// Runs a rule that may refuse, for a till that is told so.
    func ask(
        _ rule: (inout Lane, ContinuousClock.Instant) throws(LaneRefusal) -> [LaneAction]
    ) throws(Wire.Status) {
        do throws(LaneRefusal) {
            try perform(rule)
        } catch {
            throw Wire.Status(error, lane: lane.name, till: lane.till?.name)
        }
    }

    func scanned(_ scan: LaneScan) {
        let tillIsBehind = watchers.contains { $0.till != nil && !$0.takes(scan.sequence) }
        perform { $0.scanned(scan, tillIsBehind: tillIsBehind, now: $1) }
        if isUnjournaled == scan.journaled {
            isUnjournaled = !scan.journaled
            publishState()
        }
        for watcher in watchers where watcher.sentSequence < lane.lastSequence { pump(watcher) }
    }

    /// A till has this scan and all before it.
    func took(_ sequence: UInt64) {
        takenSequence = max(takenSequence, min(sequence, lane.lastSequence))
    }

    /// The last scan before the first that no till has taken. What a till has acknowledged is not looked at.
    private static func lastTaken(lane: String, last: UInt64, in surroundings: Surroundings) -> UInt64 {
        let lookBack = UInt64(surroundings.limits.lookBackScansMax)
        var after = max(surroundings.journal.acknowledged(lane: lane), last > lookBack ? last - lookBack : 0)
        do {
            while after < last {
                let page = try surroundings.journal.scans(
                    lane: lane, after: after, limit: surroundings.limits.replayPageScans)
                guard let end = page.last?.sequence else { return last }
                let first = page.first { $0.attachment == Attachment.undecided.rawValue && !$0.expired }
                if let first { return first.sequence - 1 }
                after = end
            }
        } catch {
            surroundings.logger.error(
                "Earlier scans cannot be read; the lane goes on with new ones. Check the disk.",
                metadata: ["lane": "\(lane)", "cause": "\(error)"])
        }
        return last
    }

    // MARK: Actions

    private func carryOut(_ action: LaneAction) {
        switch action {
        case .deliver(let scan, let attachment, let expired, let audience):
            deliver(Wire.Scan(scan, attachment: attachment, expired: expired), to: audience)
        case .settle(let sequence, let attachment, let expired):
            takenSequence = max(takenSequence, sequence)
            surroundings.journal.settle(
                lane: lane.name, sequence: sequence, attachment: attachment.rawValue, expired: expired)
        case .publishState:
            publishState()
        case .show(let lines):
            show(lines)
        case .beep(let beep, let device):
            surroundings.registry.send(.beep(Feedback(beep)), to: device)
        case .arm(let armed):
            for scanner in scanners { surroundings.registry.send(armed ? .arm : .disarm, to: scanner) }
        case .letGo(let till):
            letGo(till)
        }
    }

    private func deliver(_ scan: Wire.Scan, to audience: LaneAudience) {
        let takers = watchers.filter { $0.takes(scan.sequence) && audience.includes($0) }
        guard !takers.isEmpty else { return }
        let message = PackedMessage(Wire.LaneEvent(event: .scan(scan)), isLast: false)
        for watcher in takers { watcher.send(scan: message, sequence: scan.sequence) }
        // The till waits for this. What else the scan leads to is work for the display, the scanner and the journal.
        for watcher in takers { watcher.sink.flush() }
    }

    func publishState() {
        guard !watchers.isEmpty else { return }
        let message = PackedMessage(Wire.LaneEvent(event: .lane(state)), isLast: false)
        for watcher in watchers { watcher.send(state: message) }
    }

    // MARK: Time

    private func scheduleWake() {
        guard let deadline = lane.deadline else { return }
        if let wake, wake.at <= deadline { return }
        wake?.task.cancel()
        let delay = TimeAmount(ContinuousClock.now.duration(to: deadline))
        let task = surroundings.eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in woken() }
        wake = (deadline, task)
    }

    private func woken() {
        wake = nil
        perform { $0.elapse(now: $1) }
    }
}

extension LaneAudience {
    fileprivate func includes(_ watcher: LaneWatcher) -> Bool {
        switch self {
        case .everyone: true
        case .till: watcher.till != nil
        case .observers: watcher.till == nil
        }
    }
}
