import Customers
import Journal
import Transport
import Wire

extension LaneService {
    func registerBaskets(in router: inout CallRouter) {
        let service = self
        router.unary("countertop.v1.Lanes/OpenBasket") { (request: OpenBasketRequest, _) throws(Status) in
            try service.check(basket: request.basket)
            return try service.onLane(request.lane) { host throws(Status) in
                try host.ask { lane, now throws(LaneRefusal) in try lane.openBasket(request.basket, now: now) }
                return host.basketAnswer
            }
        }
        router.unary("countertop.v1.Lanes/AttachCustomer") { (request: AttachCustomerRequest, context) throws(Status) in
            let answer = try service.attach(request)
            service.audit.note(context.caller, "Lanes/AttachCustomer", lane: request.lane, customer: request.customer)
            return answer
        }
        router.unary("countertop.v1.Lanes/DetachCustomer") { (request: DetachCustomerRequest, _) throws(Status) in
            try service.onLane(request.lane) { host throws(Status) in
                try host.ask { lane, now throws(LaneRefusal) in try lane.detachCustomer(from: request.basket, now: now)
                }
                return host.basketAnswer
            }
        }
        router.unary("countertop.v1.Lanes/CloseBasket") { (request: CloseBasketRequest, _) throws(Status) in
            try service.close(request)
        }
    }

    private func attach(_ request: AttachCustomerRequest) throws(Status) -> BasketAnswer {
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
        return try onLane(request.lane) { host throws(Status) in
            try host.ask { lane, now throws(LaneRefusal) in
                try lane.attachCustomer(customer, to: request.basket, replace: request.replace, now: now)
            }
            return host.basketAnswer
        }
    }

    private func close(_ request: CloseBasketRequest) throws(Status) -> BasketAnswer {
        guard let closing = request.closing, closing.outcome != .unspecified else {
            throw Status(.argumentInvalid, "A basket closes with an outcome: PAID, VOIDED or PARKED.")
        }
        return try onLane(request.lane) { host throws(Status) in
            if let answer = try host.answerToClosedBasket(request.basket, closing) { return answer }
            let customer = host.lane.basket?.customer
            try host.ask { lane, now throws(LaneRefusal) in
                try lane.closeBasket(request.basket, isPaid: closing.outcome == .paid, now: now)
            }
            let closed = Wire.Basket(
                id: request.basket, state: .closed, customer: customer.map { Wire.Customer($0) }, closing: closing)
            host.lastClosed = closed
            return BasketAnswer(basket: closed)
        }
    }

    private func check(basket: String) throws(Status) {
        guard (1...limits.basketNumberBytesMax).contains(basket.utf8.count) else {
            throw Status(
                .argumentInvalid, "A basket has a number of 1 to \(limits.basketNumberBytesMax) bytes, the till's own.")
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
    func acknowledge(_ request: AcknowledgeRequest) throws(Status) {
        guard request.epoch == surroundings.journal.epoch, request.sequence <= lane.lastSequence else {
            throw Status(
                .argumentInvalid, "Lane \(lane.name) has no scan of that epoch and number. Watch the lane anew.")
        }
        took(request.sequence)
        surroundings.journal.acknowledge(lane: lane.name, sequence: request.sequence)
    }
}
