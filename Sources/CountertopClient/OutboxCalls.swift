public import Wire

/// What goes to the systems outside, for those who administer the edge. See ``CountertopConnection/outbox``.
public struct OutboxCalls: Sendable {
    let connection: CountertopConnection

    /// How each system stands, how many entries there are, and the first of those that a request asks for.
    public func list(
        _ request: ListOutboxRequest = ListOutboxRequest(), deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ListOutboxAnswer {
        try await connection.call("countertop.v1.Outbox/List", request, deadline: deadline)
    }

    /// Has an entry tried again at once.
    @discardableResult
    public func retry(
        _ id: UInt64, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> OutboxEntry {
        let answer: OutboxAnswer = try await connection.call(
            "countertop.v1.Outbox/Retry", RetryOutboxRequest(id: id), operation: operation,
            deadline: deadline)
        return answer.entry ?? OutboxEntry()
    }

    /// Gives an entry up, for good.
    /// - Parameter reason: why, for those who look later.
    @discardableResult
    public func drop(
        _ id: UInt64, reason: String, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> OutboxEntry {
        let answer: OutboxAnswer = try await connection.call(
            "countertop.v1.Outbox/Drop", DropOutboxRequest(id: id, reason: reason), operation: operation,
            deadline: deadline)
        return answer.entry ?? OutboxEntry()
    }
}
