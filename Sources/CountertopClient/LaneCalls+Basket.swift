public import Wire

/// What changes the basket. Each call carries an operation id (``OperationID``), so that it is safe to make again.
extension LaneCalls {
    /// Opens the lane's basket. Opening the basket that is open already is no error.
    /// - Parameter basket: the till's own number for it.
    @discardableResult
    public func openBasket(
        lane: String, basket: String, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Basket {
        try await change("OpenBasket", OpenBasketRequest(lane: lane, basket: basket), operation, deadline)
    }

    /// Puts a customer into the open basket.
    /// - Parameter replace: whether another customer in it makes place. Ask a person first.
    @discardableResult
    public func attachCustomer(
        lane: String, basket: String, customer: String, replace: Bool = false,
        operation: OperationID = OperationID(), deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Basket {
        let request = AttachCustomerRequest(lane: lane, basket: basket, customer: customer, replace: replace)
        return try await change("AttachCustomer", request, operation, deadline)
    }

    /// Takes the customer out of the open basket.
    @discardableResult
    public func detachCustomer(
        lane: String, basket: String, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Basket {
        try await change("DetachCustomer", DetachCustomerRequest(lane: lane, basket: basket), operation, deadline)
    }

    /// Ends the basket, with what became of it.
    @discardableResult
    public func closeBasket(
        lane: String, basket: String, closing: Closing, operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Basket {
        try await change(
            "CloseBasket", CloseBasketRequest(lane: lane, basket: basket, closing: closing), operation, deadline)
    }

    private func change(
        _ call: String, _ request: some WireMessage, _ operation: OperationID, _ deadline: Duration
    ) async throws(CountertopError) -> Basket {
        let answer: BasketAnswer = try await maker.call(
            "countertop.v1.Lanes/\(call)", request, .operation(operation), deadline: deadline)
        return answer.basket ?? Basket()
    }
}
