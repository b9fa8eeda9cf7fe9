public import Wire

/// What customers may use at the till. See ``CountertopConnection/benefits``.
public struct BenefitCalls: Sendable {
    let maker: any CallMaker

    /// A customer's benefits with what is left of each.
    public func list(
        customer: String, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ListBenefitsAnswer {
        try await maker.call(
            "countertop.v1.Benefits/List", ListBenefitsRequest(customer: customer), deadline: deadline)
    }

    /// Keeps one use for a lane's basket, for 15 minutes.
    public func reserve(
        _ benefit: String, of customer: String, lane: String, basket: String = "",
        operation: OperationID = OperationID(), deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Redemption {
        let request = ReserveBenefitRequest(lane: lane, customer: customer, benefit: benefit, basket: basket)
        return try await change("Reserve", request, .operation(operation), deadline)
    }

    /// Uses what was reserved. Made again it changes nothing.
    @discardableResult
    public func redeem(
        _ redemption: [UInt8], lane: String, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Redemption {
        try await change(
            "Redeem", RedeemBenefitRequest(lane: lane, redemption: redemption), .operation(operation), deadline)
    }

    /// Gives a use back, one that was redeemed too. Made again it changes nothing.
    @discardableResult
    public func release(
        _ redemption: [UInt8], lane: String, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Redemption {
        try await change(
            "Release", ReleaseBenefitRequest(lane: lane, redemption: redemption), .operation(operation), deadline)
    }

    private func change(
        _ call: String, _ request: some WireMessage, _ safety: CallSafety, _ deadline: Duration
    ) async throws(CountertopError) -> Redemption {
        let answer: RedemptionAnswer = try await maker.call(
            "countertop.v1.Benefits/\(call)", request, safety, deadline: deadline)
        return answer.redemption ?? Redemption()
    }
}
