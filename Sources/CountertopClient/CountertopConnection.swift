import Transport
public import Wire

/// A connection to an edge, welcomed. See ``CountertopClient/withConnection(to:client:isolation:_:)``.
///
/// Its calls are grouped as in the `.proto` files. Each takes a deadline, after which it ends with DEADLINE_EXCEEDED on both
/// sides, and is cancelled on the edge when its task is.
public struct CountertopConnection: Sendable, CallMaker {
    /// How long a call may take when nothing else is said.
    public static let callDeadline: Duration = .seconds(10)

    let channel: ClientChannel

    init(_ channel: ClientChannel) {
        self.channel = channel
    }

    /// What the edge told of itself: its version, the store's name, the limits that hold.
    public var welcome: Welcome { channel.welcome }

    /// Recognising customers.
    public var customers: CustomerCalls { CustomerCalls(maker: self) }
    /// Lanes and their baskets.
    public var lanes: LaneCalls { LaneCalls(maker: self) }
    /// What customers may use.
    public var benefits: BenefitCalls { BenefitCalls(maker: self) }
    /// The cards that the store issues itself.
    public var cards: CardCalls { CardCalls(maker: self) }
    /// Enrolling customers from the till.
    public var enrolments: EnrolmentCalls { EnrolmentCalls(maker: self) }
    /// What is plugged in.
    public var devices: DeviceCalls { DeviceCalls(maker: self) }
    /// The till's own pairing.
    public var pairing: PairingCalls { PairingCalls(maker: self) }
    /// How the edge and all it works with stands, for those who administer it.
    public var operations: OperationsCalls { OperationsCalls(maker: self) }
    /// The feeds that the customers come from, for those who administer the edge.
    public var feeds: FeedCalls { FeedCalls(connection: self) }
    /// What goes to the systems outside, for those who administer the edge.
    public var outbox: OutboxCalls { OutboxCalls(connection: self) }
    /// What systems outside are told of customers.
    public var changes: ChangeCalls { ChangeCalls(maker: self) }
    /// The systems outside that the store works with, for those who administer the edge.
    public var systems: SystemCalls { SystemCalls(connection: self) }
    /// What a person may ask of the store, for those who administer the edge.
    public var privacy: PrivacyCalls { PrivacyCalls(connection: self) }
    /// The key under which the store's data is sealed, for those who administer the edge.
    public var keys: KeyCalls { KeyCalls(connection: self) }
    /// The store's tills, for those who administer the edge.
    public var tills: TillCalls { TillCalls(connection: self) }
    /// Whether the edge can do its work.
    public var health: HealthCalls { HealthCalls(maker: self) }

    /// Makes any call that has one answer: for calls newer than this library.
    ///
    /// ```swift
    /// let answer: HealthAnswer = try await edge.call("countertop.v1.Health/Check", HealthRequest())
    /// ```
    /// - Parameters:
    ///   - call: package, service and name, as the `.proto` has them.
    ///   - operation: an id with which a call that changes something is safe to make again.
    public func call<Request: WireMessage, Response: WireMessage>(
        _ call: String, _ request: Request, returning: Response.Type = Response.self, operation: OperationID? = nil,
        deadline: Duration = callDeadline
    ) async throws(CountertopError) -> Response {
        try await self.call(call, request, operation.map { .operation($0) } ?? .once, deadline: deadline)
    }

    /// Makes any call that is answered by many messages, for as long as `body` runs: for calls newer than this library.
    ///
    /// ```swift
    /// try await edge.withStream("countertop.v1.Health/Watch", HealthRequest(), of: HealthAnswer.self) { answers in
    ///     for try await answer in answers { draw(answer.state) }
    /// }
    /// ```
    /// - Parameter call: package, service and name, as the `.proto` has them.
    public func withStream<Element: WireMessage, Result>(
        _ call: String, _ request: some WireMessage, of element: Element.Type = Element.self,
        isolation: isolated (any Actor)? = #isolation, _ body: (MessageStream<Element>) async throws -> Result
    ) async throws -> Result {
        try await streaming(call, request, isolation: isolation, body)
    }

    /// What the edge tells of itself: the calls it serves and their messages, its versions, features and limits.
    public func describe(deadline: Duration = callDeadline) async throws(CountertopError) -> DescribeAnswer {
        try await description(deadline: deadline)
    }

    func open(
        _ call: String, _ body: [UInt8], operation: OperationID?
    ) async throws(CountertopError) -> ReplyStream {
        channel.stream(call, body: body, operation: operation?.bytes ?? [])
    }

    func make(
        _ call: String, _ body: [UInt8], _ safety: CallSafety, deadline: Duration
    ) async throws(CountertopError) -> [UInt8] {
        do throws(CallFailure) {
            return try await channel.call(
                call, body: body, operation: safety.operation?.bytes ?? [], timeout: deadline)
        } catch {
            throw CountertopError(error)
        }
    }

    /// Cuts the connection without a word, as a lost network does: for tests of what follows.
    package func sever() {
        channel.sever()
    }

    /// Watches a lane for as long as `body` runs.
    ///
    /// ```swift
    /// try await edge.withLane("1", resumeAfter: lastApplied) { lane in
    ///     for try await event in lane {
    ///         switch event.event {
    ///         case .lane(let state): draw(state)
    ///         case .scan(let scan): apply(scan)
    ///         case .gap(let gap): tellThatScansAreMissing(gap)
    ///         case .followUp(let answer): apply(answer)   // what a system outside said of a scan
    ///         case nil: break   // something newer than this library
    ///         }
    ///     }
    /// }
    /// ```
    /// - Parameters:
    ///   - lane: the lane's name: "1".
    ///   - role: whether it is the lane's till, takes the lane over, or only looks on. The edge refuses a second till with
    ///     LANE_HELD, which the first event then throws.
    ///   - tillToken: who the till is, however often it connects: up to 64 bytes that it made up once and keeps. With it
    ///     a till has its lane back at once after a lost connection.
    ///   - resumeAfter: the last scan the till has applied; `nil` for those no till has acknowledged, and what comes.
    public func withLane<Result>(
        _ lane: String, role: WatchRole = .till, tillToken: [UInt8] = [], resumeAfter: ScanPosition? = nil,
        isolation: isolated (any Actor)? = #isolation, _ body: (LaneWatch) async throws -> Result
    ) async throws -> Result {
        let request = WatchLaneRequest(
            lane: lane, role: role, epoch: resumeAfter?.epoch ?? 0, afterSequence: resumeAfter?.sequence ?? 0,
            tillToken: tillToken)
        let stream = channel.stream("countertop.v1.Lanes/Watch", body: request.packed())
        defer { stream.cancel() }
        return try await body(LaneWatch(stream))
    }

    /// Looks back: a lane's scans as the journal keeps them, oldest first, without being its till.
    /// - Parameters:
    ///   - after: scans after this number; the newest are after ``Lane/lastSequence`` less how many are wanted.
    ///   - limit: at most this many, 1 to 1,000; 0 means 100.
    public func history(
        lane: String, after sequence: UInt64 = 0, limit: UInt32 = 0
    ) async throws(CountertopError) -> [Scan] {
        try await scans(of: lane, after: sequence, limit: limit)
    }
}
