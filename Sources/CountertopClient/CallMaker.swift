import Wire

/// What makes calls: one connection, or a link that connects again when it is lost.
protocol CallMaker: Sendable {
    /// - Returns: the packed answer, not checked yet.
    func make(
        _ call: String, _ body: [UInt8], _ safety: CallSafety, deadline: Duration
    ) async throws(CountertopError) -> [UInt8]
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
}
