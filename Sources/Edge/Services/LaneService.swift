import Journal
import NIOCore
import Transport
import Wire

/// Answers `countertop.v1.Lanes`. Its calls run on the event loop of the lanes, which is the connections' own.
struct LaneService: Sendable {
    let lanes: StoreLanes
    let intake: ScanIntake
    let recogniser: Recogniser
    let systems: StoreSystems
    let limits: LaneLimits
    let audit: AuditLog
    /// Told how a customer's part in a basket ended.
    let settle: @Sendable (StoreBenefits.Ending, Caller) -> Void

    func register(in router: inout CallRouter) {
        registerWatching(in: &router)
        registerBaskets(in: &router)
        registerDevices(in: &router)
    }

    private func registerWatching(in router: inout CallRouter) {
        let service = self
        router.unary("countertop.v1.Lanes/List") { (_: ListLanesRequest, context) throws(Status) in
            let lanes = service.lanes.onEventLoop { $0.all.map(\.state) }
            return ListLanesAnswer(lanes: lanes.compactMap { $0.seen(by: context.caller) })
        }
        router.stream("countertop.v1.Lanes/Watch") {
            (request: WatchLaneRequest, sink: StreamSink<LaneEvent>) throws(Status) in
            try service.watch(request, sink)
        }
        router.stream("countertop.v1.Lanes/History") {
            (request: LaneHistoryRequest, sink: StreamSink<Scan>) throws(Status) in
            try service.onLane(request.lane) { host throws(Status) in try LaneHistory.begin(request, host, sink) }
            service.audit.note(sink.context.caller, "Lanes/History", lane: request.lane)
        }
        router.unaryLater("countertop.v1.Lanes/Acknowledge") {
            (request: AcknowledgeRequest, body, reply) throws(Status) in
            try service.onLane(request.lane) { host throws(Status) in
                // Without an operation id nobody needs to know when it is on the disk.
                guard !reply.context.operation.isEmpty else {
                    try host.acknowledge(request, by: reply.context.connection)
                    return reply.answer(packed: AcknowledgeAnswer().packed())
                }
                try host.answer(reply, body: body) { () throws(Status) -> AcknowledgeAnswer in
                    try host.acknowledge(request, by: reply.context.connection)
                    return AcknowledgeAnswer()
                }
            }
        }
        router.unaryLater("countertop.v1.Lanes/Enter") { (request: EnterRequest, body, reply) throws(Status) in
            try service.enter(request, body: body, reply)
        }
    }

    /// Runs `work` with the lane of that name.
    /// - Throws: ``Wire/Status`` LANE_UNKNOWN, and what `work` throws.
    func onLane<Value: Sendable>(
        _ name: String, _ work: @Sendable (LaneHost) throws(Status) -> Value
    ) throws(Status) -> Value {
        try lanes.onEventLoop { lanes throws(Status) in try work(try lanes.host(name)) }
    }

    private func watch(_ request: WatchLaneRequest, _ sink: StreamSink<LaneEvent>) throws(Status) {
        guard request.role == .observer || sink.context.caller.role != .display else {
            throw Status(.roleInsufficient, "A display only looks on: watch with the role OBSERVER.")
        }
        try onLane(request.lane) { host throws(Status) in
            try host.watch(request, sink: sink)
            sink.onCancel = { host.watchEnded(sink, $0) }
            sink.onCredit = { host.creditCame(sink) }
        }
        // What a till is told of its lane is noted when customers come into the basket. Who looks on is not in the lane.
        if request.role == .observer { audit.note(sink.context.caller, "Lanes/Watch", lane: request.lane) }
    }

    private func enter(_ request: EnterRequest, body: [UInt8], _ reply: LaterReply) throws(Status) {
        guard (1...limits.enterBytesMax).contains(request.data.count) else {
            // A lane that is not there is said first.
            try onLane(request.lane) { _ in }
            throw Status(.argumentInvalid, "A code has 1 to \(limits.enterBytesMax) bytes.")
        }
        try onLane(request.lane) { host throws(Status) in
            let operation = try host.operation(of: reply.context, body: body)
            if let operation, let answer = try host.answered(operation) {
                return host.tell(reply, answer, after: LaneChange())
            }
            audit.note(reply.context.caller, "Lanes/Enter", lane: request.lane)
            let scan = operation.map { operation in
                ScanOperation(operation) { EnterAnswer(epoch: $0, sequence: $1).packed() }
            }
            // The answer waits for the commit: a number is nobody's before it is on the disk.
            let eventLoop = reply.context.eventLoop
            let read = ReadLabel(typed: request.data, lane: request.lane)
            let outcome = intake.take(read, by: recogniser, operation: scan) { epoch, sequence in
                let answer = EnterAnswer(epoch: epoch, sequence: sequence).packed()
                eventLoop.execute { reply.answer(packed: answer) }
            }
            if let refusal = Status(outcome) { throw refusal }
        }
    }
}

extension Status {
    /// What a till is told of a code it typed; `nil` when the scan was taken.
    fileprivate init?(_ outcome: ScanIntake.Outcome) {
        switch outcome {
        case .taken: return nil
        case .repeated:
            self.init(
                .scanRepeated, "The same customer's code came within a second: it is one scan, delivered already.")
        case .refused:
            self.init(.journalFull, "Too many scans wait for the edge's disk. Enter the code again.")
        }
    }
}

extension Wire.Lane {
    /// The lane as this caller may see it: its own lane alone, when it has one, and without customers for a technician.
    /// - Returns: `nil` when it may not see it at all.
    fileprivate func seen(by caller: Caller) -> Wire.Lane? {
        if let own = caller.lane, own != name, caller.role != .technician { return nil }
        guard caller.role == .technician else { return self }
        var lane = self
        lane.basket?.customer = nil
        lane.held = nil
        lane.displayLines = []
        return lane
    }
}
