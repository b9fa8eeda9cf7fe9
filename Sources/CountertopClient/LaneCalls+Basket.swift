public import Wire

/// What changes the basket. Each call carries an operation id (``OperationID``), so that it is safe to make again.
extension LaneCalls {
    /// Opens the lane's basket. Opening the basket that is open already is no error.
    /// - Parameters:
    ///   - basket: the till's own number for it.
    ///   - order: the number of the order that a system outside has open for it, such as Poster's transaction_id: the customer who
    ///     comes into the basket is put into it there. Empty for none.
    @discardableResult
    public func openBasket(
        lane: String, basket: String, order: String = "", operation: OperationID = OperationID(),
        deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Basket {
        let request = OpenBasketRequest(lane: lane, basket: basket, order: order)
        return try await change("OpenBasket", request, operation, deadline)
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
