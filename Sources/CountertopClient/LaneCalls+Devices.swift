public import Wire

extension LaneCalls {
    /// Makes the lane's scanners read.
    /// - Returns: the scanners that took the order.
    @discardableResult
    public func armScanner(
        lane: String, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ScannerAnswer {
        try await maker.call(
            "countertop.v1.Lanes/ArmScanner", ArmScannerRequest(lane: lane), deadline: deadline)
    }

    /// Stops the lane's scanners from reading.
    /// - Returns: the scanners that took the order.
    @discardableResult
    public func disarmScanner(
        lane: String, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ScannerAnswer {
        try await maker.call(
            "countertop.v1.Lanes/DisarmScanner", DisarmScannerRequest(lane: lane), deadline: deadline)
    }

    /// Writes lines to the lane's customer display.
    /// - Parameter milliseconds: how long before the display goes back to its own text; 0 for 10,000.
    /// - Returns: what the display shows, cut and simplified to what it can.
    @discardableResult
    public func show(
        lane: String, lines: [String], milliseconds: UInt32 = 0,
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> [String] {
        let answer: ShowAnswer = try await maker.call(
            "countertop.v1.Lanes/Show", ShowRequest(lane: lane, lines: lines, durationMs: milliseconds),
            deadline: deadline)
        return answer.lines
    }
}
