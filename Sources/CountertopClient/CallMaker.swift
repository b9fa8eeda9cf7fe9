import Transport
import Wire

/// What makes calls: one connection, or a link that connects again when it is lost.
protocol CallMaker: Sendable {
    /// - Returns: the packed answer, not checked yet.
    func make(
        _ call: String, _ body: [UInt8], _ safety: CallSafety, deadline: Duration
    ) async throws(CountertopError) -> [UInt8]

    /// Begins a call that is answered by many messages. Whoever takes it cancels it.
    func open(_ call: String, _ body: [UInt8], operation: OperationID?) async throws(CountertopError) -> ReplyStream
}

/// Whether a call may be made again when nobody knows what became of it.
enum CallSafety: Sendable {
    /// It changes nothing, or the same however often it is made.
    case repeatable
    /// The edge knows a second one by its id.
    case operation(OperationID)
    /// A second one may have a second effect.
    case once

    var operation: OperationID? {
        if case .operation(let id) = self { id } else { nil }
    }
}

extension CallMaker {
    func call<Request: WireMessage, Response: WireMessage>(
        _ call: String, _ request: Request, _ safety: CallSafety = .repeatable, deadline: Duration
    ) async throws(CountertopError) -> Response {
        let body = try await make(call, request.packed(), safety, deadline: deadline)
        do throws(WireError) {
            return try Response(packed: body)
        } catch {
            throw CountertopError(error)
        }
    }

    /// Makes a call that is answered by many messages, for as long as `body` runs.
    func streaming<Element: WireMessage, Result>(
        _ call: String, _ request: some WireMessage, operation: OperationID? = nil, isolation: isolated (any Actor)?,
        _ body: (MessageStream<Element>) async throws -> Result
    ) async throws -> Result {
        let stream = try await open(call, request.packed(), operation: operation)
        defer { stream.cancel() }
        return try await body(MessageStream(stream))
    }

    /// What the edge tells of itself.
    func description(deadline: Duration) async throws(CountertopError) -> DescribeAnswer {
        try await call("countertop.v1.Edge/Describe", DescribeRequest(), deadline: deadline)
    }

    /// A lane's scans as the journal keeps them.
    func scans(of lane: String, after sequence: UInt64, limit: UInt32) async throws(CountertopError) -> [Scan] {
        let request = LaneHistoryRequest(lane: lane, afterSequence: sequence, limit: limit)
        let stream = try await open("countertop.v1.Lanes/History", request.packed(), operation: nil)
        defer { stream.cancel() }
        var found: [Scan] = []
        var messages = MessageStream<Scan>(stream).makeAsyncIterator()
        while let scan = try await messages.next() { found.append(scan) }
        return found
    }
}
