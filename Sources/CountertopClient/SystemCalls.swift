public import Wire

/// The systems outside that the store works with, for those who administer the edge. See ``CountertopConnection/systems``.
public struct SystemCalls: Sendable {
    /// How long an edge may take to try a system's credentials.
    public static let checkDeadline: Duration = .seconds(60)

    let connection: CountertopConnection

    /// How each system stands, in the configuration's order.
    public func list(
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> [OutsideSystem] {
        let answer: ListSystemsAnswer = try await connection.call(
            "countertop.v1.Systems/List", ListSystemsRequest(), deadline: deadline)
        return answer.systems
    }

    /// Has the edge try a system's credentials.
    public func check(
        _ name: String, deadline: Duration = SystemCalls.checkDeadline
    ) async throws(CountertopError) -> CheckSystemAnswer {
        try await connection.call(
            "countertop.v1.Systems/Check", CheckSystemRequest(name: name), deadline: deadline)
    }
}
