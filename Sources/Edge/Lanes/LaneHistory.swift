import Journal
import NIOCore
import Transport
import Wire

/// A look into what the journal keeps of a lane: it sends as many scans as there is credit for. It lives on the store's
/// event loop.
final class LaneHistory {
    private let host: LaneHost
    private let sink: StreamSink<Wire.Scan>
    private var last: UInt64
    private var left: Int
    /// It goes on in a moment.
    private var isSet = false

    private init(_ host: LaneHost, _ sink: StreamSink<Wire.Scan>, after sequence: UInt64, limit: Int) {
        self.host = host
        self.sink = sink
        last = sequence
        left = limit
    }

    /// - Throws: ``Wire/Status`` ARGUMENT_INVALID for an earlier epoch or too many scans.
    static func begin(
        _ request: Wire.LaneHistoryRequest, _ host: LaneHost, _ sink: StreamSink<Wire.Scan>
    ) throws(Wire.Status) {
        let limits = host.lane.limits
        guard request.epoch == 0 || request.epoch == host.surroundings.journal.epoch else {
            throw Wire.Status(.argumentInvalid, "That epoch has ended, and its scans are not given any more.")
        }
        guard request.limit <= UInt32(limits.historyMax) else {
            throw Wire.Status(.argumentInvalid, "A look back gives at most \(limits.historyMax) scans at once.")
        }
        let limit = request.limit == 0 ? limits.historyDefault : Int(request.limit)
        let history = LaneHistory(host, sink, after: request.afterSequence, limit: limit)
        sink.onCredit = { history.send() }
        history.send()
    }

    private func send() {
        guard !isSet else { return }
        let slice = host.lane.limits.replaySliceScans
        let page = min(left, sink.credit, slice)
        guard sink.isOpen, page > 0 else { return finishIfDone() }
        let scans: [JournaledScan]
        do {
            scans = try host.surroundings.journal.scans(lane: host.lane.name, after: last, limit: page)
        } catch {
            return sink.fail(
                Wire.Status(.journalUnreadable, "The journal cannot be read. Check the edge's disk."))
        }
        for journaled in scans where journaled.sequence <= host.lane.lastSequence {
            let scan = host.laneScan(journaled)
            sink.send(Wire.Scan(scan, host.outcome(of: journaled, scan)))
            last = journaled.sequence
            left -= 1
        }
        if scans.count < page { left = 0 }
        finishIfDone()
        if left > 0, sink.isOpen, sink.hasCredit { goOnLater() }
    }

    private func finishIfDone() {
        if left == 0, sink.isOpen { sink.finish() }
    }

    /// Goes on after others have had their turn.
    private func goOnLater() {
        isSet = true
        let pause = TimeAmount(host.lane.limits.replayPause)
        host.surroundings.eventLoop.assumeIsolated().scheduleTask(in: pause) { [self] in
            isSet = false
            send()
        }
    }
}
