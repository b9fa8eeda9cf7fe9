import Customers
import Journal
import Transport
import Wire

extension LaneService {
    func registerBaskets(in router: inout CallRouter) {
        let service = self
        router.unaryLater("countertop.v1.Lanes/OpenBasket") {
            (request: OpenBasketRequest, body, reply) throws(Status) in
            try service.check(basket: request.basket)
            try service.check(order: request.order)
            try service.change(request.lane, body, reply) { host throws(Status) in
                try host.ask { lane, now throws(LaneRefusal) in
                    try lane.openBasket(request.basket, order: request.order, now: now)
                }
                return host.basketAnswer
            }
        }
        router.unaryLater("countertop.v1.Lanes/AttachCustomer") {
            (request: AttachCustomerRequest, body, reply) throws(Status) in
            try service.change(request.lane, body, reply) { host throws(Status) in
                let caller = reply.context.caller
                let answer = try service.attach(request, host, by: caller)
                service.audit.note(caller, "Lanes/AttachCustomer", lane: request.lane, customer: request.customer)
                return answer
            }
        }
        router.unaryLater("countertop.v1.Lanes/DetachCustomer") {
            (request: DetachCustomerRequest, body, reply) throws(Status) in
            try service.change(request.lane, body, reply) { host throws(Status) in
                let detached = host.lane.basket?.customer?.id ?? ""
                try host.ask { lane, now throws(LaneRefusal) in try lane.detachCustomer(from: request.basket, now: now)
                }
                let caller = reply.context.caller
                service.left(request.basket, detached, host, by: caller)
                service.audit.note(caller, "Lanes/DetachCustomer", lane: request.lane, customer: detached)
                return host.basketAnswer
            }
        }
        router.unaryLater("countertop.v1.Lanes/CloseBasket") {
            (request: CloseBasketRequest, body, reply) throws(Status) in
            try service.change(request.lane, body, reply) { host throws(Status) in
                try service.close(request, host, by: reply.context.caller)
            }
        }
    }

    private func change(
        _ lane: String, _ body: [UInt8], _ reply: LaterReply,
        _ work: @Sendable (LaneHost) throws(Status) -> BasketAnswer
    ) throws(Status) {
        try onLane(lane) { host throws(Status) in
            try host.answer(reply, body: body, keep: { $0.kept }, again: { host.filled($0) }) { () throws(Status) in
                try work(host)
            }
        }
    }

    private func attach(
        _ request: AttachCustomerRequest, _ host: LaneHost, by caller: Caller
    ) throws(Status) -> BasketAnswer {
        let id = request.customer
        let found: (Customers.Customer, Customers.Provenance)?
        do {
            found = try recogniser.ask { try $0.customer(id: id) }
        } catch {
            throw Status(.replicaUnreadable, "The local copy of the customers cannot be read. Check the edge's disk.")
        }
        guard let (customer, _) = found else {
            throw Status(
                .customerUnknown, "The local copy has no customer with that id. Resolve the customer's code again.")
        }
        let before = host.lane.basket?.customer?.id ?? ""
        // Whoever calls notes who it was.
        try host.ask(notesCustomer: false) { lane, now throws(LaneRefusal) in
            try lane.attachCustomer(customer, to: request.basket, replace: request.replace, now: now)
        }
        if before != id { left(request.basket, before, host, by: caller) }
        return host.basketAnswer
    }

    /// A customer is not in the basket any more, and takes along what was reserved for it.
    private func left(_ basket: String, _ customer: String, _ host: LaneHost, by caller: Caller) {
        guard !customer.isEmpty else { return }
        settle(StoreBenefits.Ending(lane: host.lane.name, basket: basket, customer: customer, isPaid: false), caller)
    }

    private func close(
        _ request: CloseBasketRequest, _ host: LaneHost, by caller: Caller
    ) throws(Status) -> BasketAnswer {
        guard let closing = request.closing, closing.outcome != .unspecified else {
            throw Status(.argumentInvalid, "A basket closes with an outcome: PAID, VOIDED or PARKED.")
        }
        if let answer = try host.answerToClosedBasket(request.basket, closing) { return answer }
        let customer = host.lane.basket?.customer
        try host.ask { lane, now throws(LaneRefusal) in
            try lane.closeBasket(request.basket, isPaid: closing.outcome == .paid, now: now)
        }
        let closed = Wire.Basket(
            id: request.basket, state: .closed, customer: customer.map { Wire.Customer(inEvent: $0) }, closing: closing)
        host.lastClosed = closed
        host.closedAt = .now
        if let customer {
            host.tellSystems(
                systems.drafts(paid: closing, basket: request.basket, lane: host.lane.name, customer: customer))
        }
        host.remember()
        if let ending = host.lastEnding { settle(ending, caller) }
        return BasketAnswer(basket: closed)
    }

    private func check(basket: String) throws(Status) {
        guard (1...limits.basketNumberBytesMax).contains(basket.utf8.count) else {
            throw Status(
                .argumentInvalid, "A basket has a number of 1 to \(limits.basketNumberBytesMax) bytes, the till's own.")
        }
    }

    private func check(order: String) throws(Status) {
        guard order.utf8.count <= limits.basketNumberBytesMax else {
            throw Status(
                .argumentInvalid,
                "An order's number has at most \(limits.basketNumberBytesMax) bytes, as the system outside gave it.")
        }
    }
}

extension LaneHost {
    fileprivate var basketAnswer: BasketAnswer { BasketAnswer(basket: Wire.Basket(lane.basket)) }

    /// The answer to a till that closes its last basket once more, because it did not get the first one.
    /// - Throws: ``Wire/Status`` BASKET_CLOSED when it closes it otherwise this time.
    fileprivate func answerToClosedBasket(_ basket: String, _ closing: Closing) throws(Status) -> BasketAnswer? {
        guard lane.basket?.number != basket, let lastClosed, lastClosed.id == basket else { return nil }
        guard lastClosed.closing == closing else {
            throw Status(
                .basketClosed, "The basket was closed already, with another outcome. Open a new one for what follows.")
        }
        return BasketAnswer(basket: lastClosed)
    }

    /// Notes how far the lane's till has come.
    func acknowledge(_ request: AcknowledgeRequest, by connection: ConnectionInfo) throws(Status) {
        if let holder = watchers.first(where: { $0.till != nil && $0.till == lane.till }),
            holder.sink.context.connection.id != connection.id
        {
            throw Status(
                .laneHeld,
                "Another connection holds lane \(lane.name), and it alone says which scans are applied. Watch the lane first."
            )
        }
        if lane.lease.till == nil, let owner = lane.lease.owner?.caller, owner != connection.caller.id {
            throw Status(
                .laneHeld,
                "Lane \(lane.name) is kept for another till, which alone says which scans are applied. Watch the lane first."
            )
        }
        guard request.epoch == surroundings.journal.epoch, request.sequence <= lane.lastSequence else {
            throw Status(
                .argumentInvalid, "Lane \(lane.name) has no scan of that epoch and number. Watch the lane anew.")
        }
        applied(request.sequence)
    }

    /// An answer that was kept, with what the local copy says of the customer today.
    fileprivate func filled(_ kept: BasketAnswer) -> BasketAnswer {
        var answer = kept
        if let id = kept.basket?.customer?.id, let customer = customer(id) {
            answer.basket?.customer = Wire.Customer(inEvent: customer)
        }
        return answer
    }
}

extension BasketAnswer {
    /// The answer as it is kept for a retry: of the customer only the id.
    fileprivate var kept: BasketAnswer {
        var answer = self
        answer.basket?.customer = basket?.customer.map { Wire.Customer(id: $0.id) }
        return answer
    }
}
