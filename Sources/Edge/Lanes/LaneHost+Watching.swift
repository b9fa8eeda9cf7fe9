import Customers
import Foundation
import Journal
import Logging
import NIOCore
import Transport
import Wire

extension LaneHost {
    /// Begins a watch: the state first, then what was missed, then what happens.
    /// - Throws: ``Wire/Status`` LANE_HELD, TOO_MANY_WATCHERS, ARGUMENT_INVALID, SHUTTING_DOWN.
    func watch(_ request: Wire.WatchLaneRequest, sink: StreamSink<Wire.LaneEvent>) throws(Wire.Status) {
        if let closing { throw closing }
        // The lane's till always finds a place.
        let isFull = watchers.count(where: { $0.till == nil }) >= lane.limits.watchersMax
        guard request.role != .observer || !isFull else {
            throw Wire.Status(
                .tooManyWatchers, "Lane \(lane.name) has as many watchers as it may. End one of them.")
        }
        guard request.tillToken.count <= lane.limits.tillTokenBytesMax else {
            throw Wire.Status(
                .argumentInvalid, "A till's token has at most \(lane.limits.tillTokenBytesMax) bytes.")
        }
        let till =
            request.role == .observer
            ? nil
            : LaneTill(
                watch: nextWatch, name: sink.context.client, caller: sink.context.caller.id, token: request.tillToken)
        nextWatch += 1
        if let till {
            try ask { lane, now throws(LaneRefusal) in
                try lane.take(by: till, takeOver: request.role == .takeOver, now: now)
            }
        }
        if let till {
            surroundings.logger.notice(
                "A till holds the lane.", metadata: ["lane": "\(lane.name)", "till": "\(till.name)"])
        }
        let start = resumePoint(request)
        if till != nil { decideApplied(start.after) }
        let watcher = LaneWatcher(till: till, sink: sink, sentSequence: start.after)
        watchers.append(watcher)
        watcher.send(state: PackedMessage(Wire.LaneEvent(event: .lane(state)), isLast: false))
        if let gap = start.gap { watcher.send(gap: gap) }
        pump(watcher)
    }

    /// A watch ended otherwise than by this host.
    func watchEnded(_ sink: StreamSink<Wire.LaneEvent>, _ status: Wire.Status) {
        guard let watcher = remove(sink), let till = watcher.till else { return }
        // A till that says that it goes lets the lane go. Every other end is one that it did not want.
        let leaves = [WireReason.callCancelled.name, WireReason.clientLeft.name].contains(status.reason)
        if leaves {
            perform { $0.left(till, now: $1) }
        } else {
            // One that fell silent has been gone since it was heard last, and not since that was found out.
            let silence = status.reason == WireReason.peerSilent.name ? sink.silence : .zero
            perform { $0.lost(till, for: silence, now: $1) }
        }
        surroundings.logger.notice(
            leaves ? "The till let the lane go." : "The till's connection was lost; the lane is kept for it.",
            metadata: ["lane": "\(lane.name)", "till": "\(till.name)", "reason": "\(status.reason)"])
    }

    func remove(_ sink: StreamSink<Wire.LaneEvent>) -> LaneWatcher? {
        guard let index = watchers.firstIndex(where: { $0.sink === sink }) else { return nil }
        watchers[index].endPatience()
        return watchers.remove(at: index)
    }

    /// The watcher that reads from this stream may have more.
    func creditCame(_ sink: StreamSink<Wire.LaneEvent>) {
        guard let watcher = watchers.first(where: { $0.sink === sink }) else { return }
        watcher.endPatience()
        if watcher.owesState {
            watcher.send(state: PackedMessage(Wire.LaneEvent(event: .lane(state)), isLast: false))
        }
        pump(watcher)
    }

    /// Ends every watch, and lets none begin any more: nobody waits for a lane that closes. The lane is kept for its till,
    /// which resumes after the last scan it has applied.
    func endWatches(_ status: Wire.Status) {
        closing = status
        let ending = watchers
        watchers = []
        for watcher in ending {
            watcher.endPatience()
            if let till = watcher.till { perform { $0.lost(till, now: $1) } }
            watcher.sink.fail(status)
        }
    }

    func letGo(_ till: LaneTill) {
        guard let index = watchers.firstIndex(where: { $0.till == till }) else { return }
        let watcher = watchers.remove(at: index)
        watcher.endPatience()
        watcher.sink.fail(
            Wire.Status(
                .laneTakenOver,
                "Another till took lane \(lane.name) over. Watch again only when a person asks for it."))
    }

    /// After which scan a watch begins, and what it has to be told of scans that are not there any more.
    private func resumePoint(_ request: Wire.WatchLaneRequest) -> (after: UInt64, gap: Wire.Gap?) {
        let isWithoutPosition = request.epoch == 0 && request.afterSequence == 0
        if isWithoutPosition, request.role == .observer { return (lane.lastSequence, nil) }
        let journal = surroundings.journal
        let firstKept = journal.position(lane: lane.name).firstKept
        let isKnown =
            isWithoutPosition || (request.epoch == journal.epoch && request.afterSequence <= lane.lastSequence)
        let asked = isWithoutPosition ? journal.acknowledged(lane: lane.name) : request.afterSequence
        let after = isKnown ? asked : 0
        let start = max(after, firstKept == 0 ? 0 : firstKept - 1)
        guard !isKnown || start > after else { return (after, nil) }
        return (start, gap(from: request.epoch, after: request.afterSequence, next: start + 1))
    }

    private func gap(from epoch: UInt64, after sequence: UInt64, next: UInt64) -> Wire.Gap {
        Wire.Gap(
            askedEpoch: epoch, askedSequence: sequence, epoch: surroundings.journal.epoch, nextSequence: next)
    }

    /// Sends a watcher the journaled scans it has credit for, so many at a time.
    func pump(_ watcher: LaneWatcher) {
        defer { mind(watcher) }
        guard !watcher.isPumpSet else { return }
        var left = lane.limits.replaySliceScans
        while watcher.sink.hasCredit, watcher.sentSequence < lane.lastSequence {
            guard left > 0 else { return pumpLater(watcher) }
            let before = watcher.sentSequence
            let scans: [JournaledScan]
            do {
                scans = try surroundings.journal.scans(
                    lane: lane.name, after: before, limit: min(watcher.sink.credit, left))
            } catch {
                surroundings.logger.error("The journal cannot be read.", metadata: ["cause": "\(error)"])
                fail(
                    watcher,
                    Wire.Status(
                        .journalUnreadable,
                        "The journal cannot be read, so earlier scans cannot be given. Check the edge's disk."))
                return
            }
            left -= scans.count
            // A scan that is committed but still on its way to this event loop comes by itself.
            for scan in scans where scan.sequence <= lane.lastSequence && watcher.sink.hasCredit {
                replay(scan, to: watcher)
            }
            // What is missing at the end was dropped while the disk refused; the next scan shows the gap.
            guard watcher.sentSequence > before else { return }
        }
    }

    /// Goes on after others have had their turn.
    private func pumpLater(_ watcher: LaneWatcher) {
        watcher.isPumpSet = true
        let pause = TimeAmount(lane.limits.replayPause)
        surroundings.eventLoop.assumeIsolated().scheduleTask(in: pause) { [weak self] in
            watcher.isPumpSet = false
            guard let self, watchers.contains(where: { $0 === watcher }) else { return }
            pump(watcher)
        }
    }

    private func replay(_ journaled: JournaledScan, to watcher: LaneWatcher) {
        if journaled.sequence > watcher.sentSequence + 1 {
            watcher.send(
                gap: gap(from: journaled.epoch, after: watcher.sentSequence, next: journaled.sequence))
        }
        guard watcher.takes(journaled.sequence) else { return }
        let scan = laneScan(journaled)
        if watcher.till != nil, journaled.sequence > decidedSequence, journaled.isUndecided {
            perform { $0.replayed(scan, now: $1) }
        } else {
            let wire = Wire.Scan(scan, outcome(of: journaled, scan))
            watcher.send(
                scan: PackedMessage(Wire.LaneEvent(event: .scan(wire)), isLast: false),
                sequence: journaled.sequence)
        }
        if case .pending = scan.answer.resolution { tellFollowUp(of: scan, to: watcher) }
    }

    /// A scan as the journal keeps it, with what it means today.
    func laneScan(_ journaled: JournaledScan) -> LaneScan {
        // The age is read before the instant it is taken from, so that a pause between the two makes no scan older than it is.
        let age = journaled.entry.age(at: Date(), BootTime.now())
        return LaneScan(
            journaled, answer: recognise(journaled.entry), takenBefore: .now + lane.limits.scanTime - age)
    }

    /// What became of an earlier scan.
    func outcome(of journaled: JournaledScan, _ scan: LaneScan) -> ScanOutcome {
        let attachment = Attachment(rawValue: journaled.attachment) ?? .undecided
        let isTooLate = attachment == .undecided && scan.takenBefore <= .now
        return ScanOutcome(attachment: attachment, isExpired: journaled.expired || isTooLate)
    }

    /// A till says that it has applied this scan and those before it. What the edge did not write down of them before it
    /// ended is decided once more, in the same order, so that the basket is again what the till was told.
    private func decideApplied(_ last: UInt64) {
        let last = min(last, lane.lastSequence)
        let lookBack = UInt64(lane.limits.lookBackScansMax)
        if last > lookBack { decided(last - lookBack) }
        while decidedSequence < last {
            let before = decidedSequence
            guard
                let scans = try? surroundings.journal.scans(
                    lane: lane.name, after: before, limit: lane.limits.replayPageScans)
            else { break }
            for scan in scans where scan.sequence <= last {
                if scan.isUndecided {
                    let missed = laneScan(scan)
                    perform { $0.replayed(missed, now: $1) }
                }
                decided(scan.sequence)
            }
            guard decidedSequence > before else { break }
        }
        decided(last)
    }

    /// Ends a watch that cannot go on. Its lane is free: whoever comes next may be luckier.
    private func fail(_ watcher: LaneWatcher, _ status: Wire.Status) {
        _ = remove(watcher.sink)
        if let till = watcher.till { perform { $0.left(till, now: $1) } }
        watcher.sink.fail(status)
    }

    /// What the code of an earlier scan means today.
    private func recognise(_ entry: ScanEntry) -> Answer {
        guard let family = LabelFamily(journaled: entry.family) else {
            let provenance = Provenance(source: "", ageMilliseconds: 0, complete: true)
            return Answer(resolution: .paymentCard, provenance: provenance)
        }
        return surroundings.recogniser.recognise(LabelCode(entry, family: family))
    }
}

extension JournaledScan {
    /// Whether no till has taken it, and its time has not run out either.
    var isUndecided: Bool { attachment == Attachment.undecided.rawValue && !expired }
}

extension ScanEntry {
    /// How old a scan is of which nobody knows when it was read: too old for every basket.
    private static let unknownAge = Duration.seconds(86_400)

    /// How long ago it was read. One of another boot of the machine was read before that was off, nobody knows for how long;
    /// so was one of a version that did not write the boot down.
    /// - Parameter bootTime: `nil` on a machine that has none. There the wall clock counts: a scan from its future was read
    ///   before it was set back.
    func age(at now: Date, _ bootTime: BootTime?) -> Duration {
        guard let bootTime else {
            let seconds = now.timeIntervalSince(scannedAt)
            return seconds < -1 ? Self.unknownAge : .seconds(max(0, seconds))
        }
        return self.bootTime?.duration(to: bootTime).map { max(.zero, $0) } ?? Self.unknownAge
    }
}
