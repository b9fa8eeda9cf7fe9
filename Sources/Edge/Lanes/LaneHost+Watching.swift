import Customers
import Foundation
import Journal
import Logging
import Transport
import Wire

extension LaneHost {
    /// Begins a watch: the state first, then what was missed, then what happens.
    /// - Throws: ``Wire/Status`` LANE_HELD, TOO_MANY_WATCHERS.
    func watch(_ request: Wire.WatchLaneRequest, sink: StreamSink<Wire.LaneEvent>) throws(Wire.Status) {
        guard watchers.count < lane.limits.watchersMax else {
            throw Wire.Status(
                .tooManyWatchers, "Lane \(lane.name) has as many watchers as it may. End one of them.")
        }
        let till = request.role == .observer ? nil : LaneTill(watch: nextWatch, name: sink.context.client)
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
        if till != nil { took(start.after) }
        let watcher = LaneWatcher(till: till, sink: sink, sentSequence: start.after)
        nextWatch += 1
        watchers.append(watcher)
        watcher.send(state: PackedMessage(Wire.LaneEvent(event: .lane(state)), isLast: false))
        if let gap = start.gap { watcher.send(gap: gap) }
        pump(watcher)
    }

    func watchEnded(_ sink: StreamSink<Wire.LaneEvent>) {
        guard let index = watchers.firstIndex(where: { $0.sink === sink }) else { return }
        let watcher = watchers.remove(at: index)
        guard let till = watcher.till else { return }
        perform { $0.left(till, now: $1) }
        surroundings.logger.notice(
            "The till let the lane go.", metadata: ["lane": "\(lane.name)", "till": "\(till.name)"])
    }

    /// The watcher that reads from this stream may have more.
    func creditCame(_ sink: StreamSink<Wire.LaneEvent>) {
        guard let watcher = watchers.first(where: { $0.sink === sink }) else { return }
        if watcher.owesState {
            watcher.send(state: PackedMessage(Wire.LaneEvent(event: .lane(state)), isLast: false))
        }
        pump(watcher)
    }

    /// Ends every watch: nobody waits for a lane that closes. A till resumes after the last scan it has applied.
    func endWatches(_ status: Wire.Status) {
        let ending = watchers
        watchers = []
        for watcher in ending {
            if let till = watcher.till { perform { $0.left(till, now: $1) } }
            watcher.sink.fail(status)
        }
    }

    func letGo(_ till: LaneTill) {
        guard let index = watchers.firstIndex(where: { $0.till == till }) else { return }
        let watcher = watchers.remove(at: index)
        watcher.sink.fail(
            Wire.Status(
                .laneTakenOver,
                "Another till took lane \(lane.name) over. Watch again only when a person asks for it."))
    }

    /// After which scan a watch begins, and what it has to be told of scans that are not there any more.
    private func resumePoint(_ request: Wire.WatchLaneRequest) -> (after: UInt64, gap: Wire.Gap?) {
        if request.epoch == 0, request.afterSequence == 0 {
            return (request.role == .observer ? lane.lastSequence : takenSequence, nil)
        }
        let firstKept = surroundings.journal.position(lane: lane.name).firstKept
        let isKnown = request.epoch == surroundings.journal.epoch && request.afterSequence <= lane.lastSequence
        let after = isKnown ? request.afterSequence : 0
        let start = max(after, firstKept == 0 ? 0 : firstKept - 1)
        guard !isKnown || start > after else { return (after, nil) }
        return (start, gap(from: request.epoch, after: request.afterSequence, next: start + 1))
    }

    private func gap(from epoch: UInt64, after sequence: UInt64, next: UInt64) -> Wire.Gap {
        Wire.Gap(
            askedEpoch: epoch, askedSequence: sequence, epoch: surroundings.journal.epoch, nextSequence: next)
    }

    /// Sends a watcher the journaled scans it has credit for.
    func pump(_ watcher: LaneWatcher) {
        while watcher.sink.hasCredit, watcher.sentSequence < lane.lastSequence {
            let before = watcher.sentSequence
            let page = min(watcher.sink.credit, lane.limits.replayPageScans)
            let scans: [JournaledScan]
            do {
                scans = try surroundings.journal.scans(lane: lane.name, after: before, limit: page)
            } catch {
                surroundings.logger.error("The journal cannot be read.", metadata: ["cause": "\(error)"])
                // A watch that fails is told of no end, and must not go on holding the lane.
                watchEnded(watcher.sink)
                watcher.sink.fail(
                    Wire.Status(
                        .journalUnreadable,
                        "The journal cannot be read, so earlier scans cannot be given. Check the edge's disk."))
                return
            }
            // A scan that is committed but still on its way to this event loop comes by itself.
            for scan in scans where scan.sequence <= lane.lastSequence && watcher.sink.hasCredit {
                replay(scan, to: watcher)
            }
            // What is missing at the end was dropped while the disk refused; the next scan shows the gap.
            guard watcher.sentSequence > before else { return }
        }
    }

    private func replay(_ journaled: JournaledScan, to watcher: LaneWatcher) {
        if journaled.sequence > watcher.sentSequence + 1 {
            watcher.send(
                gap: gap(from: journaled.epoch, after: watcher.sentSequence, next: journaled.sequence))
        }
        guard watcher.takes(journaled.sequence) else { return }
        let scan = LaneScan(
            journaled, answer: recognise(journaled.entry),
            takenBefore: .now + lane.limits.scanTime - journaled.entry.age)
        let attachment = Attachment(rawValue: journaled.attachment) ?? .undecided
        if watcher.till != nil, journaled.sequence > takenSequence, attachment == .undecided, !journaled.expired {
            perform { $0.replayed(scan, now: $1) }
        } else {
            let wire = Wire.Scan(scan, attachment: attachment, expired: journaled.expired)
            watcher.send(
                scan: PackedMessage(Wire.LaneEvent(event: .scan(wire)), isLast: false),
                sequence: journaled.sequence)
        }
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

extension ScanEntry {
    /// How long ago it was read. A scan from the future was read before the box's clock went back, nobody knows when.
    fileprivate var age: Duration {
        let seconds = -scannedAt.timeIntervalSinceNow
        return seconds < -1 ? .seconds(86_400) : .seconds(max(0, seconds))
    }
}
