public import Wire

/// Recognising customers from the edge's local copy. See ``CountertopConnection/customers``.
public struct CustomerCalls: Sendable {
    let maker: any CallMaker

    /// Finds whose code this is: bytes as scanned or typed; the edge finds out what they are.
    public func resolve(
        code: [UInt8], deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Resolution {
        try await maker.call(
            "countertop.v1.Customers/Resolve", ResolveRequest(query: .code(code)), deadline: deadline)
    }

    /// Finds whose code this is, given as text.
    public func resolve(
        code: String, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Resolution {
        try await resolve(code: Array(code.utf8), deadline: deadline)
    }

    /// Finds whose phone, e-mail or card this is.
    public func resolve(
        _ identifier: Identifier, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Resolution {
        try await maker.call(
            "countertop.v1.Customers/Resolve", ResolveRequest(query: .identifier(identifier)), deadline: deadline)
    }

    /// The customer with this id.
    /// - Throws: ``CountertopError`` NOT_FOUND / CUSTOMER_UNKNOWN when the local copy has none.
    public func get(
        id: String, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> CustomerAnswer {
        try await maker.call("countertop.v1.Customers/Get", GetCustomerRequest(id: id), deadline: deadline)
    }

    /// Customers whose name begins with the words given: "kari nor" finds Kari Nordås. The edge audits it.
    /// - Parameter limit: at most this many, 1 to 20; 0 means 10.
    public func search(
        name: String, limit: UInt32 = 0, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> SearchCustomersAnswer {
        try await maker.call(
            "countertop.v1.Customers/Search", SearchCustomersRequest(name: name, limit: limit), deadline: deadline)
    }

    /// What staff see of a customer: groups, balance, permissions, and what happened last. The edge audits it.
    /// - Throws: ``CountertopError`` NOT_FOUND / CUSTOMER_UNKNOWN when the local copy has none.
    public func view(
        id: String, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> CustomerView {
        try await maker.call("countertop.v1.Customers/View", ViewCustomerRequest(id: id), deadline: deadline)
    }
}
