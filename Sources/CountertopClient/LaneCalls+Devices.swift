public import Wire

extension LaneCalls {
    /// Makes the lane's scanners read.
    /// - Parameter purpose: what they are to read. Refused with SCANNER_UNFIT when none of them does.
    /// - Returns: the scanners that took the order.
    @discardableResult
    public func armScanner(
        lane: String, for purpose: ArmPurpose = .unspecified, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ScannerAnswer {
        try await maker.call(
            "countertop.v1.Lanes/ArmScanner", ArmScannerRequest(lane: lane, purpose: purpose), deadline: deadline)
    }

    /// Shows the customer one of the store's own texts.
    /// - Parameters:
    ///   - language: a BCP 47 tag; empty for the store's language.
    ///   - milliseconds: how long before the display goes back to its own text; 0 for 10,000.
    /// - Returns: the lines, and the address for self-enrolment to draw as a QR code.
    @discardableResult
    public func prompt(
        lane: String, _ kind: PromptKind, language: String = "", milliseconds: UInt32 = 0,
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> PromptAnswer {
        try await maker.call(
            "countertop.v1.Lanes/Prompt",
            PromptRequest(lane: lane, kind: kind, language: language, durationMs: milliseconds), deadline: deadline)
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

    /// Writes a screen to the lane's customer display: lines, how they are shown, and windows in front of them.
    /// - Returns: what the display shows at first, and what of the effects it cannot.
    @discardableResult
    public func show(
        _ request: ShowRequest, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ShowAnswer {
        try await maker.call("countertop.v1.Lanes/Show", request, deadline: deadline)
    }

    /// Writes lines to the lane's customer display.
    /// - Parameter milliseconds: how long before the display goes back to its own text; 0 for 10,000.
    /// - Returns: what the display shows, cut and simplified to what it can.
    @discardableResult
    public func show(
        lane: String, lines: [String], milliseconds: UInt32 = 0,
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> [String] {
        try await show(ShowRequest(lane: lane, lines: lines, durationMs: milliseconds), deadline: deadline).lines
    }
}
