import Transport
public import Wire

/// A till's way to its edge that outlives connections: it connects again by itself, makes calls again where that is safe,
/// and goes on watching after the last scan. See
/// ``CountertopClient/withLink(to:credentials:client:reconnecting:isolation:_:)``.
///
/// It hides nothing: a watch tells of each lost connection, of gaps and of takeovers, and a call of which nobody knows
/// what became throws OUTCOME_UNKNOWN with the operation id to make it again with.
public final class EdgeLink: Sendable, CallMaker {
    let connector: LinkConnector

    init(_ connector: LinkConnector) {
        self.connector = connector
    }

    /// Recognising customers.
    public var customers: CustomerCalls { CustomerCalls(maker: self) }
    /// Lanes and their baskets.
    public var lanes: LaneCalls { LaneCalls(maker: self) }
    /// What is plugged in.
    public var devices: DeviceCalls { DeviceCalls(maker: self) }
    /// What customers may use.
    public var benefits: BenefitCalls { BenefitCalls(maker: self) }
    /// The cards that the store issues itself.
    public var cards: CardCalls { CardCalls(maker: self) }
    /// Enrolling customers from the till.
    public var enrolments: EnrolmentCalls { EnrolmentCalls(maker: self) }
    /// What systems outside are told of customers.
    public var changes: ChangeCalls { ChangeCalls(maker: self) }
    /// Whether the edge can do its work.
    public var health: HealthCalls { HealthCalls(maker: self) }

    /// What the edge tells of itself: the calls it serves and their messages, its versions, features and limits.
    public func describe(
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> DescribeAnswer {
        try await description(deadline: deadline)
    }

    /// Makes any call that is answered by many messages, for as long as `body` runs: for calls newer than this library. It
    /// begins on the present connection or the next one, and ends with that: its loss is thrown. See
    /// ``CountertopConnection/withStream(_:_:of:isolation:_:)``.
    public func withStream<Element: WireMessage, Result>(
        _ call: String, _ request: some WireMessage, of element: Element.Type = Element.self,
        isolation: isolated (any Actor)? = #isolation, _ body: (MessageStream<Element>) async throws -> Result
    ) async throws -> Result {
        try await streaming(call, request, isolation: isolation, body)
    }

    /// Looks back: a lane's scans as the journal keeps them, oldest first, without being its till. See
    /// ``CountertopConnection/history(lane:after:limit:)``.
    public func history(
        lane: String, after sequence: UInt64 = 0, limit: UInt32 = 0
    ) async throws(CountertopError) -> [Scan] {
        try await scans(of: lane, after: sequence, limit: limit)
    }

    /// Makes a call on the present connection, or the next ones, until it is answered or its deadline has passed.
    func make(
        _ call: String, _ body: [UInt8], _ safety: CallSafety, deadline: Duration
    ) async throws(CountertopError) -> [UInt8] {
        let end = ContinuousClock.now + deadline
        var mayHaveHappened = false
        while true {
            let left = ContinuousClock.now.duration(to: end)
            switch await makeOnce(call, body, safety, within: left) {
            case .success(let body): return body
            case .failure(let error):
                let isOver = ContinuousClock.now >= end || error.code == .deadlineExceeded
                let mayRepeat = error.isConnectionLost && !isOver && error.code != .cancelled
                if case .repeatable = safety {
                    guard mayRepeat else { throw error }
                    continue
                }
                // An attempt that may have arrived is not made undone by how a later one ends, whatever that says.
                let wasBefore = mayHaveHappened
                if !error.isUnserved, isOver || error.isConnectionLost { mayHaveHappened = true }
                guard mayHaveHappened else {
                    guard mayRepeat else { throw error }
                    continue
                }
                guard case .operation = safety, mayRepeat else {
                    throw .outcomeUnknown(safety.operation, last: wasBefore ? error : nil)
                }
            }
        }
    }

    /// Begins a stream on the present connection, or the next one.
    func open(
        _ call: String, _ body: [UInt8], operation: OperationID?
    ) async throws(CountertopError) -> ReplyStream {
        let end = ContinuousClock.now + CountertopConnection.callDeadline
        while true {
            switch await connector.current(within: max(.zero, ContinuousClock.now.duration(to: end))) {
            case .success(let channel): return channel.stream(call, body: body, operation: operation?.bytes ?? [])
            case .failure(let error):
                guard error.isConnectionLost, ContinuousClock.now < end, !Task.isCancelled else { throw error }
            }
        }
    }

    private func makeOnce(
        _ call: String, _ body: [UInt8], _ safety: CallSafety, within time: Duration
    ) async -> Result<[UInt8], CountertopError> {
        switch await connector.current(within: max(time, .zero)) {
        case .failure(let error): return .failure(error)
        case .success(let channel):
            do throws(CallFailure) {
                let answer = try await channel.call(
                    call, body: body, operation: safety.operation?.bytes ?? [], timeout: max(time, .zero))
                await connector.worked()
                return .success(answer)
            } catch {
                return .failure(CountertopError(error))
            }
        }
    }

    /// Watches a lane for as long as `body` runs, over as many connections as it takes.
    ///
    /// ```swift
    /// try await link.withLane("1", tillToken: token, resumeAfter: lastApplied) { lane in
    ///     for try await event in lane {
    ///         switch event {
    ///         case .scan(let scan): apply(scan)
    ///         case .lane(let state): draw(state)
    ///         case .gap(let gap): tellThatScansAreMissing(gap)
    ///         case .followUp(let answer): apply(answer)   // what a system outside said of a scan
    ///         case .disconnected(let why): drawThatTheEdgeIsAway(why)
    ///         }
    ///     }
    /// }
    /// ```
    /// - Parameters:
    ///   - lane: the lane's name: "1".
    ///   - role: whether it is the lane's till, takes the lane over (at first, and not from one that takes it over later),
    ///     or only looks on.
    ///   - tillToken: who the till is: up to 64 bytes that it made up once and keeps, so that it has its lane back at once.
    ///   - resumeAfter: the last scan the till has applied; `nil` for those no till has acknowledged, and what comes.
    ///   - acknowledging: when scans count as applied.
    public func withLane<Result>(
        _ lane: String, role: WatchRole = .till, tillToken: [UInt8], resumeAfter: ScanPosition? = nil,
        acknowledging: Acknowledging = .whenNextIsTaken, isolation: isolated (any Actor)? = #isolation,
        _ body: (LaneFeed) async throws -> Result
    ) async throws -> Result {
        let request = WatchLaneRequest(
            lane: lane, role: role, epoch: resumeAfter?.epoch ?? 0, afterSequence: resumeAfter?.sequence ?? 0,
            tillToken: tillToken)
        let feed = LaneFeed(self, request, acknowledging)
        do {
            let result = try await body(feed)
            await feed.end()
            return result
        } catch {
            await feed.end()
            throw error
        }
    }
}

/// When a till's scans count as applied.
public enum Acknowledging: Sendable {
    /// A scan is acknowledged when the next event is asked for: whoever asks is done with the one before.
    case whenNextIsTaken
    /// The till says so: ``LaneFeed/acknowledge(_:)``.
    case byHand
}
