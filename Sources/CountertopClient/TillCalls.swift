import Transport
public import Wire

/// The store's tills, for those who administer the edge. See ``CountertopConnection/tills``.
public struct TillCalls: Sendable {
    let connection: CountertopConnection

    /// The tills that are paired, by name, and those that were revoked.
    public func list(
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> [Till] {
        let answer: ListTillsAnswer = try await connection.call(
            "countertop.v1.Tills/List", ListTillsRequest(), deadline: deadline)
        return answer.tills
    }

    /// Gives a till another name.
    @discardableResult
    public func rename(
        _ id: String, to name: String, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Till {
        let answer: TillAnswer = try await connection.call(
            "countertop.v1.Tills/Rename", RenameTillRequest(id: id, name: name), operation: operation,
            deadline: deadline)
        return answer.till ?? Till()
    }

    /// Takes a till's rights away, for good, and ends its connections.
    @discardableResult
    public func revoke(
        _ id: String, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Till {
        let answer: TillAnswer = try await connection.call(
            "countertop.v1.Tills/Revoke", RevokeTillRequest(id: id), operation: operation,
            deadline: deadline)
        return answer.till ?? Till()
    }

    /// Has the edge make a pairing code, which is good for as long as `body` runs and its time is not over.
    public func withInvitation<Result>(
        lane: String = "", name: String = "", role: TillRole = .till, isolation: isolated (any Actor)? = #isolation,
        _ body: (TillInvitation) async throws -> Result
    ) async throws -> Result {
        let request = InviteTillRequest(lane: lane, name: name, role: role)
        let stream = connection.channel.stream("countertop.v1.Tills/Invite", body: request.packed())
        defer { stream.cancel() }
        return try await body(TillInvitation(stream))
    }
}

/// A pairing code, and what becomes of it. One task at a time takes the events.
public struct TillInvitation: Sendable {
    private let stream: ReplyStream

    init(_ stream: ReplyStream) {
        self.stream = stream
    }

    /// The next event: first the code, last the till that has used it.
    /// - Returns: `nil` when nothing follows.
    /// - Throws: ``CountertopError`` PAIRING_EXPIRED, PAIRING_BURNT, PAIRING_REPLACED.
    public func next() async throws(CountertopError) -> InviteTillEvent? {
        switch await stream.next() {
        case .success(let body?):
            do throws(WireError) {
                return try InviteTillEvent(packed: body)
            } catch {
                throw CountertopError(error)
            }
        case .success(nil): return nil
        case .failure(let failure): throw CountertopError(failure)
        }
    }
}
