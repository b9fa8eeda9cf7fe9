import Transport
public import Wire

/// A connection to an edge, welcomed. See ``CountertopClient/withConnection(to:client:isolation:_:)``.
///
/// Its calls are grouped as in the `.proto` files. Each takes a deadline, after which it ends with DEADLINE_EXCEEDED on both
/// sides, and is cancelled on the edge when its task is.
public struct CountertopConnection: Sendable {
    /// How long a call may take when nothing else is said.
    public static let callDeadline: Duration = .seconds(10)

    let channel: ClientChannel

    init(_ channel: ClientChannel) {
        self.channel = channel
    }

    /// What the edge told of itself: its version, the store's name, the limits that hold.
    public var welcome: Welcome { channel.welcome }

    /// Recognising customers.
    public var customers: CustomerCalls { CustomerCalls(connection: self) }
    /// Lanes and their baskets.
    public var lanes: LaneCalls { LaneCalls(connection: self) }
    /// What is plugged in.
    public var devices: DeviceCalls { DeviceCalls(connection: self) }
    /// The till's own pairing.
    public var pairing: PairingCalls { PairingCalls(connection: self) }
    /// The store's tills, for those who administer the edge.
    public var tills: TillCalls { TillCalls(connection: self) }
    /// Whether the edge can do its work.
    public var health: HealthCalls { HealthCalls(connection: self) }

    /// Makes any call that has one answer: for calls newer than this library.
    ///
    /// ```swift
    /// let answer: HealthAnswer = try await edge.call("countertop.v1.Health/Check", HealthRequest())
    /// ```
    /// - Parameter call: package, service and name, as the `.proto` has them.
    public func call<Request: WireMessage, Response: WireMessage>(
        _ call: String, _ request: Request, returning: Response.Type = Response.self,
        deadline: Duration = callDeadline
    ) async throws(CountertopError) -> Response {
        let body: [UInt8]
        do throws(CallFailure) {
            body = try await channel.call(call, body: request.packed(), timeout: deadline)
        } catch {
            throw CountertopError(error)
        }
        do throws(WireError) {
            return try Response(packed: body)
        } catch {
            throw CountertopError(error)
        }
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
    ///         case nil: break   // something newer than this library
    ///         }
    ///     }
    /// }
    /// ```
    /// - Parameters:
    ///   - lane: the lane's name: "1".
    ///   - role: whether it is the lane's till, takes the lane over, or only looks on. The edge refuses a second till with
    ///     LANE_HELD, which the first event then throws.
    ///   - resumeAfter: the last scan the till has applied; `nil` for the scans no till has taken yet, and what comes.
    public func withLane<Result>(
        _ lane: String, role: WatchRole = .till, resumeAfter: ScanPosition? = nil,
        isolation: isolated (any Actor)? = #isolation, _ body: (LaneWatch) async throws -> Result
    ) async throws -> Result {
        let request = WatchLaneRequest(
            lane: lane, role: role, epoch: resumeAfter?.epoch ?? 0, afterSequence: resumeAfter?.sequence ?? 0)
        let stream = channel.stream("countertop.v1.Lanes/Watch", body: request.packed())
        defer { stream.cancel() }
        return try await body(LaneWatch(stream))
    }
}
