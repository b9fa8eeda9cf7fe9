import NIOCore
import Transport
import Wire

/// One watch of a lane: where its events go, and how far it has come.
///
/// A watcher that keeps up gets each scan as it happens. One that resumes, or reads more slowly than the lane scans, gets
/// its scans from the journal, as many as it has credit for: a slow reader costs nobody a growing queue.
final class LaneWatcher {
    let till: LaneTill?
    let sink: StreamSink<Wire.LaneEvent>
    /// The number of the last scan sent.
    private(set) var sentSequence: UInt64
    /// The lane's state changed while the watcher had no credit.
    private(set) var owesState = false
    /// Earlier scans go on being sent in a moment.
    var isPumpSet = false
    /// Lets the lane's till go, unless it takes something before.
    var patience: Scheduled<Void>?

    init(till: LaneTill?, sink: StreamSink<Wire.LaneEvent>, sentSequence: UInt64) {
        self.till = till
        self.sink = sink
        self.sentSequence = sentSequence
    }

    /// Whether the scan with this number can be sent now: it is the watcher's next, and there is credit for it.
    func takes(_ sequence: UInt64) -> Bool {
        sentSequence + 1 == sequence && sink.hasCredit
    }

    /// It took something, or is there no more.
    func endPatience() {
        patience?.cancel()
        patience = nil
    }

    /// Whether it is to have more and gives no credit for it.
    func isBehind(_ lastSequence: UInt64) -> Bool {
        !sink.hasCredit && (owesState || sentSequence < lastSequence)
    }

    func send(state: PackedMessage) {
        owesState = !sink.hasCredit
        if !owesState { sink.send(packed: state) }
    }

    func send(scan: PackedMessage, sequence: UInt64) {
        sentSequence = sequence
        sink.send(packed: scan)
    }

    /// The scans before `gap.nextSequence` cannot be given.
    func send(gap: Wire.Gap) {
        sentSequence = max(sentSequence, gap.nextSequence - 1)
        sink.send(Wire.LaneEvent(event: .gap(gap)))
    }
}
