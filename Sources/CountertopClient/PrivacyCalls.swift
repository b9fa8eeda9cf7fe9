public import Wire

/// What a person may ask of the store, for those who administer the edge. See ``CountertopConnection/privacy``.
public struct PrivacyCalls: Sendable {
    let connection: CountertopConnection

    /// How long an export or an erasure may take: every scan is looked at.
    public static let callDeadline: Duration = .seconds(120)

    /// Everything the edge keeps about a customer.
    public func export(
        customer: String, deadline: Duration = callDeadline
    ) async throws(CountertopError) -> ExportCustomerAnswer {
        try await connection.call(
            "countertop.v1.Privacy/Export", ExportCustomerRequest(customer: customer), deadline: deadline)
    }

    /// Removes a customer from everything the edge keeps, for good.
    public func erase(
        customer: String, operation: OperationID = OperationID(), deadline: Duration = callDeadline
    ) async throws(CountertopError) -> EraseCustomerAnswer {
        try await connection.call(
            "countertop.v1.Privacy/Erase", EraseCustomerRequest(customer: customer), operation: operation,
            deadline: deadline)
    }

    /// Somebody who was forgotten wants to be a customer again: the next record of him counts.
    public func readmit(
        _ request: ReadmitCustomerRequest, operation: OperationID = OperationID(), deadline: Duration = callDeadline
    ) async throws(CountertopError) -> ReadmitCustomerAnswer {
        try await connection.call(
            "countertop.v1.Privacy/Readmit", request, operation: operation, deadline: deadline)
    }
}
