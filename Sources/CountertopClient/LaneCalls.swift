public import Wire

/// Lanes and their baskets. See ``CountertopConnection/lanes``; a lane is watched by
/// ``CountertopConnection/withLane(_:role:tillToken:resumeAfter:isolation:_:)``.
public struct LaneCalls: Sendable {
    let maker: any CallMaker

    /// The lanes this edge serves, as they stand now.
    public func list(
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> [Lane] {
        let answer: ListLanesAnswer = try await maker.call(
            "countertop.v1.Lanes/List", ListLanesRequest(), deadline: deadline)
        return answer.lanes
    }

    /// Tells the edge that the till has applied this scan and all before it, so that it may forget them.
    public func acknowledge(
        lane: String, _ scan: ScanPosition, operation: OperationID? = nil,
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) {
        let _: AcknowledgeAnswer = try await maker.call(
            "countertop.v1.Lanes/Acknowledge",
            AcknowledgeRequest(lane: lane, epoch: scan.epoch, sequence: scan.sequence),
            operation.map { .operation($0) } ?? .repeatable, deadline: deadline)
    }

    /// Types a code into the lane, exactly as a scan of it.
    /// - Parameter operation: the id of this change; see ``OperationID``.
    /// - Returns: where the scan stands; its event comes to those who watch the lane.
    @discardableResult
    public func enter(
        lane: String, code: [UInt8], operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ScanPosition {
        let answer: EnterAnswer = try await maker.call(
            "countertop.v1.Lanes/Enter", EnterRequest(lane: lane, data: code), .operation(operation),
            deadline: deadline)
        return ScanPosition(epoch: answer.epoch, sequence: answer.sequence)
    }

    /// Types a code into the lane, given as text.
    @discardableResult
    public func enter(
        lane: String, code: String, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ScanPosition {
        try await enter(lane: lane, code: Array(code.utf8), operation: operation, deadline: deadline)
    }
}
