public import Wire

/// How an edge and all it works with stands, for those who administer it. See ``CountertopConnection/operations``.
public struct OperationsCalls: Sendable {
    let maker: any CallMaker

    /// Everything at once, as it stands now.
    public func status(
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> StatusAnswer {
        try await maker.call("countertop.v1.Operations/Status", StatusRequest(), deadline: deadline)
    }
}
