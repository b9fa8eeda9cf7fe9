public import Wire

/// Whether the edge can do its work. See ``CountertopConnection/health``.
public struct HealthCalls: Sendable {
    let maker: any CallMaker

    /// The edge's state, and what is not as it should be.
    /// - Parameter service: "customers", "lanes", "devices", or empty for all of them.
    public func check(
        service: String = "", deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> HealthAnswer {
        try await maker.call("countertop.v1.Health/Check", HealthRequest(service: service), deadline: deadline)
    }

    /// The edge's state now, and again whenever the state or the findings are others, for as long as `body` runs.
    ///
    /// ```swift
    /// try await edge.health.withWatch { answers in
    ///     for try await answer in answers { draw(answer.state, answer.findings) }
    /// }
    /// ```
    /// - Parameter service: as in ``check(service:deadline:)``.
    public func withWatch<Result>(
        service: String = "", isolation: isolated (any Actor)? = #isolation,
        _ body: (MessageStream<HealthAnswer>) async throws -> Result
    ) async throws -> Result {
        try await maker.streaming(
            "countertop.v1.Health/Watch", HealthRequest(service: service), isolation: isolation, body)
    }
}
