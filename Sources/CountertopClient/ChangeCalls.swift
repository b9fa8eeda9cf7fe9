public import Wire

/// What systems outside are told of customers: answered once it is on the edge's disk, carried out once. See
/// ``CountertopConnection/changes``.
public struct ChangeCalls: Sendable {
    let maker: any CallMaker

    /// Somebody becomes a customer.
    /// - Throws: ``CountertopError`` SELF_ENROLMENT where customers make themselves one; its message says where.
    public func join(
        _ request: JoinRequest, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ChangeAnswer {
        try await maker.call("countertop.v1.Changes/Join", request, .operation(operation), deadline: deadline)
    }

    /// Personal data are corrected.
    public func correct(
        _ request: CorrectCustomerRequest, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ChangeAnswer {
        try await maker.call("countertop.v1.Changes/Correct", request, .operation(operation), deadline: deadline)
    }

    /// The customer gives a permission, or takes it back.
    public func setPermission(
        _ name: String, granted: Bool, text: String = "", customer: String, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ChangeAnswer {
        let request = SetPermissionRequest(
            customer: customer, permission: PermissionGrant(name: name, granted: granted), text: text)
        return try await maker.call(
            "countertop.v1.Changes/SetPermission", request, .operation(operation), deadline: deadline)
    }

    /// Bonuses are added, or taken off.
    /// - Parameter hundredths: negative for what is taken off.
    /// - Throws: ``CountertopError`` SYSTEM_AWAY, BALANCE_TOO_SMALL.
    public func changeBonuses(
        customer: String, hundredths: Int64, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ChangeAnswer {
        try await maker.call(
            "countertop.v1.Changes/ChangeBonuses", ChangeBonusesRequest(customer: customer, hundredths: hundredths),
            .operation(operation), deadline: deadline)
    }

    /// A card of somebody else's becomes the customer's, and is recognised at once.
    /// - Parameter card: its bytes as they were scanned or typed.
    /// - Throws: ``CountertopError`` CARD_TAKEN, SYSTEM_MISSING.
    public func linkCard(
        _ card: [UInt8], to customer: String, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ChangeAnswer {
        try await maker.call(
            "countertop.v1.Changes/LinkCard", LinkCardRequest(customer: customer, card: card), .operation(operation),
            deadline: deadline)
    }

    /// Where a change stands.
    public func get(
        _ id: UInt64, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> ChangeAnswer {
        try await maker.call("countertop.v1.Changes/Get", GetChangeRequest(id: id), deadline: deadline)
    }
}
