import Cards
import Customers
import Foundation
import NIOCore
import Transport
import Wire

/// Answers `countertop.v1.Cards`. What waits for the disk runs on a thread of the cards' own.
struct CardService: Sendable {
    let cards: StoreCards
    let recogniser: Recogniser
    let region: PhoneRegion
    let audit: AuditLog

    func register(in router: inout CallRouter) {
        registerChanges(in: &router)
        registerLooks(in: &router)
    }

    private func registerChanges(in router: inout CallRouter) {
        let service = self
        router.unaryAsync("countertop.v1.Cards/Issue") {
            (request: IssueCardRequest, context) async throws(Status) in
            let card = try await service.issue(request, context)
            service.audit.note(context.caller, "Cards/Issue", customer: card.customer)
            return CardAnswer(card: Wire.Card(card))
        }
        router.unaryAsync("countertop.v1.Cards/Replace") {
            (request: ReplaceCardRequest, context) async throws(Status) in
            let card = try await service.replace(request, context)
            service.audit.note(context.caller, "Cards/Replace", customer: card.customer)
            return CardAnswer(card: Wire.Card(card))
        }
        router.unaryAsync("countertop.v1.Cards/Send") { (request: SendCardRequest, context) async throws(Status) in
            let card = try await service.send(request, context)
            service.audit.note(context.caller, "Cards/Send", customer: card.customer)
            return CardAnswer(card: Wire.Card(card))
        }
        router.unaryAsync("countertop.v1.Cards/Revoke") {
            (request: RevokeCardRequest, context) async throws(Status) in
            let register = try service.usedRegister()
            let card = try await service.cards.onThread { () throws(CardsError) in
                try register.revoke(request.id, now: Date())
            }
            service.cards.watches.changed(card)
            service.audit.note(context.caller, "Cards/Revoke", customer: card.customer)
            return CardAnswer(card: Wire.Card(card))
        }
    }

    private func registerLooks(in router: inout CallRouter) {
        let service = self
        router.unaryAsync("countertop.v1.Cards/Get") { (request: GetCardRequest, context) async throws(Status) in
            let card = try await service.card(request.id)
            service.audit.note(context.caller, "Cards/Get", customer: card.customer)
            return CardAnswer(card: Wire.Card(card))
        }
        router.unaryAsync("countertop.v1.Cards/List") { (request: ListCardsRequest, context) async throws(Status) in
            let register = try service.usedRegister()
            let found = try await service.cards.onThread { () throws(CardsError) in
                try register.cards(of: request.customer)
            }
            service.audit.note(context.caller, "Cards/List", customer: request.customer)
            return ListCardsAnswer(cards: found.map { Wire.Card($0) })
        }
        router.unaryAsync("countertop.v1.Cards/Print") { (request: PrintCardRequest, context) async throws(Status) in
            let card = try await service.goodCard(request.id)
            let pdf = try await service.print(card)
            service.audit.note(context.caller, "Cards/Print", customer: card.customer)
            return PrintCardAnswer(pdf: pdf)
        }
        router.stream("countertop.v1.Cards/Watch") {
            (request: WatchCardRequest, sink: StreamSink<CardAnswer>) throws(Status) in
            try service.watch(request.id, sink)
        }
    }

    // MARK: Changes

    private func issue(_ request: IssueCardRequest, _ context: CallContext) async throws(Status) -> Cards.Card {
        let register = try issuingRegister()
        let asked = try self.request(
            customer: request.customer, request.channel, request.address, request.newAddress, context)
        let card = try await cards.onThread { () throws(CardsError) in try register.issue(asked, now: Date()) }
        cards.ring()
        return card
    }

    private func replace(_ request: ReplaceCardRequest, _ context: CallContext) async throws(Status) -> Cards.Card {
        let register = try issuingRegister()
        let lost = try await card(request.id)
        let asked = try self.request(
            customer: lost.customer, request.channel, request.address, request.newAddress, context)
        let card = try await cards.onThread { () throws(CardsError) in
            try register.replace(request.id, with: asked, now: Date())
        }
        cards.ring()
        return card
    }

    private func send(_ request: SendCardRequest, _ context: CallContext) async throws(Status) -> Cards.Card {
        let register = try issuingRegister()
        let operation = try operation(of: context)
        let known = try await goodCard(request.id)
        let (channel, address) = try place(
            request.channel, request.address, request.newAddress, of: known.customer, isSent: true)
        let card = try await cards.onThread { () throws(CardsError) in
            try register.send(request.id, by: channel, to: address, operation: operation, now: Date())
        }
        cards.ring()
        return card
    }

    private func request(
        customer: String, _ channel: CardChannel, _ address: String, _ isNew: Bool, _ context: CallContext
    ) throws(Status) -> CardRequest {
        let operation = try operation(of: context)
        let (channel, place) = try place(channel, address, isNew, of: customer, isSent: false)
        return CardRequest(customer: customer, channel: channel, address: place, operation: operation)
    }

    private func operation(of context: CallContext) throws(Status) -> CardRequest.Operation? {
        guard context.operation.count <= CardsLimits.operationBytesMax else {
            throw Status(.argumentInvalid, "An operation id has at most \(CardsLimits.operationBytesMax) bytes.")
        }
        return context.operation.isEmpty ? nil : (context.caller.id, context.operation)
    }

    // MARK: Looks

    private func card(_ id: String) async throws(Status) -> Cards.Card {
        let register = try usedRegister()
        let found = try await cards.onThread { () throws(CardsError) in try register.card(id: id) }
        guard let found else {
            throw Status(.cardUnknown, "This store has issued no card with that id. List the customer's cards.")
        }
        return found
    }

    private func goodCard(_ id: String) async throws(Status) -> Cards.Card {
        let card = try await card(id)
        guard card.state == .active else {
            throw Status(.cardEnded, "That card is not good any more. Issue the customer another one.")
        }
        return card
    }

    private func print(_ card: Cards.Card) async throws(Status) -> [UInt8] {
        guard let documents = cards.documents else { throw Self.off }
        let pdf = try await cards.onThread { () throws(CardsError) in try documents.pdf(card.code) }
        guard pdf.count <= CardsLimits.pdfBytesMax else {
            throw Status(
                .cardNotDrawn, "The PDF is longer than an answer may be. Send the customer the card's link instead.")
        }
        return pdf
    }

    private func watch(_ id: String, _ sink: StreamSink<CardAnswer>) throws(Status) {
        let register = try usedRegister()
        let cards = cards
        guard let number = cards.watches.begin(id, sink) else {
            throw Status(.tooManyCardWatches, "As many watch cards as may. Ask with Cards/Get instead.")
        }
        Task {
            do throws(Status) {
                let card = try await cards.onThread { () throws(CardsError) in
                    guard let card = try register.card(id: id) else { throw CardsError(.cardUnknown, Self.unknown) }
                    return card
                }
                cards.watches.tell(card, watch: number)
            } catch {
                cards.watches.end(number)
                sink.context.eventLoop.execute { if sink.isOpen { sink.fail(error) } }
            }
        }
    }

    // MARK: Conditions

    private static let unknown = "This store has issued no card with that id. List the customer's cards."
    private static let off = Status(
        .cardsOff, "This store issues no cards. Write a section \"cards\" into the edge's configuration.")

    private func usedRegister() throws(Status) -> CardRegister {
        guard let register = cards.register else { throw Self.off }
        return register
    }

    private func issuingRegister() throws(Status) -> CardRegister {
        guard cards.documents != nil else { throw Self.off }
        return try usedRegister()
    }
}
