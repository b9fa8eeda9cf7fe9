public import Wire

/// Whether the edge can do its work. See ``CountertopConnection/health``.
public struct HealthCalls: Sendable {
    let maker: any CallMaker

    /// The edge's state, and what is not as it should be.
    public func check(
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> HealthAnswer {
        try await maker.call("countertop.v1.Health/Check", HealthRequest(), deadline: deadline)
    }
}
