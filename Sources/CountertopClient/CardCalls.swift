public import Wire

/// The cards that the store issues itself. See ``CountertopConnection/cards``.
public struct CardCalls: Sendable {
    let maker: any CallMaker

    /// Issues a card to a customer, and has it sent. The answer does not wait for the sending; see
    /// ``withWatch(of:isolation:_:)``.
    /// - Parameters:
    ///   - customer: the customer's id.
    ///   - address: what the cashier confirmed with the customer; empty for ``Wire/CardChannel/none``.
    ///   - isNewAddress: the customer gave the address just now, and it is not stored.
    public func issue(
        customer: String, by channel: CardChannel, to address: String = "", isNewAddress: Bool = false,
        operation: OperationID = OperationID(), deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Card {
        let request = IssueCardRequest(
            customer: customer, channel: channel, address: address, newAddress: isNewAddress)
        return try await change("Issue", request, .operation(operation), deadline)
    }

    /// Issues a card in the place of a lost one, which ends at the same moment.
    public func replace(
        _ card: String, by channel: CardChannel, to address: String = "", isNewAddress: Bool = false,
        operation: OperationID = OperationID(), deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Card {
        let request = ReplaceCardRequest(id: card, channel: channel, address: address, newAddress: isNewAddress)
        return try await change("Replace", request, .operation(operation), deadline)
    }

    /// Sends a card once more.
    public func send(
        _ card: String, by channel: CardChannel, to address: String, isNewAddress: Bool = false,
        operation: OperationID = OperationID(), deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Card {
        let request = SendCardRequest(id: card, channel: channel, address: address, newAddress: isNewAddress)
        return try await change("Send", request, .operation(operation), deadline)
    }

    /// Ends a card: it does not scan any more.
    @discardableResult
    public func revoke(
        _ card: String, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Card {
        try await change("Revoke", RevokeCardRequest(id: card), .repeatable, deadline)
    }

    /// The card with this id.
    public func get(
        _ card: String, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> Card {
        try await change("Get", GetCardRequest(id: card), .repeatable, deadline)
    }

    /// A customer's cards, the newest first.
    public func list(
        customer: String, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> [Card] {
        let answer: ListCardsAnswer = try await maker.call(
            "countertop.v1.Cards/List", ListCardsRequest(customer: customer), deadline: deadline)
        return answer.cards
    }

    /// The card as a PDF to print.
    public func pdf(
        of card: String, deadline: Duration = CountertopConnection.callDeadline
    ) async throws(CountertopError) -> [UInt8] {
        let answer: PrintCardAnswer = try await maker.call(
            "countertop.v1.Cards/Print", PrintCardRequest(id: card), deadline: deadline)
        return answer.pdf
    }

    /// Tells how far a card has come on its way to its customer, until it comes no further.
    public func withWatch<Result>(
        of card: String, isolation: isolated (any Actor)? = #isolation,
        _ body: (MessageStream<CardAnswer>) async throws -> Result
    ) async throws -> Result {
        try await maker.streaming(
            "countertop.v1.Cards/Watch", WatchCardRequest(id: card), isolation: isolation, body)
    }

    private func change(
        _ call: String, _ request: some WireMessage, _ safety: CallSafety, _ deadline: Duration
    ) async throws(CountertopError) -> Card {
        let answer: CardAnswer = try await maker.call(
            "countertop.v1.Cards/\(call)", request, safety, deadline: deadline)
        return answer.card ?? Card()
    }
}
