@testable import Wire

/// Watches what a server connection does and knows what it never may.
struct ServerWitness {
    private(set) var complaints: [String] = []
    private var requested: Set<UInt32> = []
    private var started: Set<UInt32> = []
    private var endedOnWire: Set<UInt32> = []
    private var answered: Set<UInt32> = []
    private var stopped: Set<UInt32> = []
    private var cancelled: Set<UInt32> = []
    private var credit: [UInt32: Int] = [:]
    /// Credit in bytes; `nil` until the feature is agreed on.
    private var creditBytes: Int?
    private var isClosed = false
    private let limits: ConnectionLimits

    init(_ limits: ConnectionLimits) {
        self.limits = limits
    }

    mutating func received(_ frame: Frame) {
        switch frame.kind {
        case .request: requested.insert(frame.stream)
        case .cancel: cancelled.insert(frame.stream)
        case .credit(let credit):
            self.credit[frame.stream, default: 0] += Int(credit.messages)
            if frame.stream == 0 { creditBytes? += Int(credit.bytes) }
        default: break
        }
    }

    /// The call gave the last of its answer.
    mutating func answers(_ stream: UInt32) {
        if started.contains(stream), !stopped.contains(stream) { answered.insert(stream) }
    }

    mutating func see(_ actions: [ServerAction], _ connection: ServerConnection, now: Duration) {
        for action in actions {
            if isClosed { complain("\(ActionWords.of(action)) after close") }
            switch action {
            case .start(let call):
                if !started.insert(call.stream).inserted { complain("started \(call.stream) twice") }
                credit[call.stream] = limits.creditInitial
            case .stop(let stream, _):
                if !started.contains(stream) { complain("stopped \(stream), which was never started") }
                if answered.contains(stream) { complain("stopped \(stream), which had answered") }
                if !stopped.insert(stream).inserted { complain("stopped \(stream) twice") }
            case .send(let packed): sees(ActionWords.frame(packed))
            case .left: if connection.openStreams == 0, !isClosed { complain("left streams that are not") }
            case .close: isClosed = true
            case .welcomed(_, _, let features):
                if features.contains(WireFeature.connectionCredit) { creditBytes = limits.creditBytesInitial }
            }
        }
        for (stream, state) in connection.streams {
            guard let next = state.queue.first, connection.isWritable, state.credit > 0 else { continue }
            if next.isLast || connection.hasConnectionCredit { complain("a message waits on \(stream) that may go") }
        }
        if connection.openStreams > limits.streamsMax { complain("too many open streams") }
        let queued = connection.streams.values.flatMap(\.queue)
        if connection.queuedBytes != queued.reduce(0, { $0 + $1.content.count }) { complain("queued bytes miscounted") }
        if connection.queuedBytes > limits.queuedBytesMax { complain("too many queued bytes") }
        if connection.isClosed != (connection.deadline == nil) { complain("a deadline that is not") }
        if isClosed != connection.isClosed { complain("closed, or not") }
    }

    mutating func ticked(_ connection: ServerConnection, now: Duration) {
        if let deadline = connection.deadline, deadline <= now { complain("a deadline that stays due") }
    }

    private mutating func sees(_ frame: Frame) {
        guard frame.stream != 0 else { return }
        if !requested.contains(frame.stream) { complain("sent on \(frame.stream), which was never requested") }
        if endedOnWire.contains(frame.stream) { complain("sent on \(frame.stream) after its end") }
        if cancelled.contains(frame.stream) { complain("sent on \(frame.stream) after its cancel") }
        switch frame.kind {
        case .message(let message):
            credit[frame.stream, default: 0] -= 1
            if credit[frame.stream, default: 0] < 0 { complain("sent on \(frame.stream) without credit") }
            if !message.last, let left = creditBytes {
                if left <= 0 { complain("sent on \(frame.stream) without credit in bytes") }
                creditBytes = left - message.body.count
            }
            if message.last { endedOnWire.insert(frame.stream) }
        case .status: endedOnWire.insert(frame.stream)
        default: complain("sent a frame that belongs on stream 0")
        }
    }

    private mutating func complain(_ complaint: String) {
        complaints.append(complaint)
    }
}
