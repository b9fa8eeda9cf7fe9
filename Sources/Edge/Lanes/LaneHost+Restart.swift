import Customers
import Foundation
import Journal
import Logging
import Wire

extension LaneHost {
    /// Goes on from where the lane stood when the edge ended. A customer who was removed since is not in the basket.
    func restore() {
        let bytes: [UInt8]?
        do {
            bytes = try surroundings.journal.state(lane: lane.name)
        } catch {
            surroundings.logger.error(
                "The lane's basket cannot be read; the lane begins without one. Check the disk.",
                metadata: ["lane": "\(lane.name)", "cause": "\(error)"])
            return
        }
        guard let memory = bytes.flatMap(LaneMemory.init(packed:)) else { return }
        var lasting = Lane.Lasting(isArmed: memory.isArmed)
        lasting.basket = memory.basket.map { number in
            Lane.OpenBasket(
                number: number, customer: memory.customer.flatMap(remembered), order: memory.order ?? "")
        }
        if let held = memory.held, let customer = remembered(held.customer) {
            // A clock that went back must not keep anybody longer than a scan is.
            let left = min(max(.zero, held.left(at: Date(), BootTime.now())), lane.limits.scanTime)
            lasting.held = Lane.HeldCustomer(customer: customer, until: .now + left)
        }
        lasting.owner = memory.till.map { LaneTill(watch: 0, name: $0.name, caller: $0.caller, token: $0.token) }
        lane.restore(lasting, now: .now)
        if let order = memory.order, let told = memory.customer, let customer = lane.basket?.customer {
            let drafts = surroundings.orderDrafts(order, lane.name, customer, [])
            toldOrder = (OrderPlace(order: order, customer: told), Set(drafts.map(\.system)))
        }
        lastClosed = memory.closed.map { closed in
            Wire.Basket(
                id: closed.basket, state: .closed,
                customer: closed.customer.flatMap(remembered).map { Wire.Customer(inEvent: $0) },
                closing: try? Closing(packed: [UInt8](closed.closing)))
        }
    }

    /// Looks once more at who stands in the lane, because the local copy has changed: with the bonuses that a sale has brought, the
    /// till and the display say so.
    func customersChanged() {
        if let id = lane.basket?.customer?.id, let customer = customer(id) {
            perform { $0.customerChanged(customer, now: $1) }
        } else if let closed = lastClosed, lane.basket == nil, let id = closed.customer?.id, let customer = customer(id)
        {
            let before = closed.customer?.loyalty?.bonusesHundredths
            lastClosed?.customer = Wire.Customer(customer)
            guard let before, let now = customer.loyalty.bonusesHundredths, before != now, let closedAt,
                closedAt.duration(to: .now) < lane.limits.bonusesTime
            else { return }
            perform { $0.bonusesChanged(customer, now: $1) }
        }
    }

    /// Customers go on as others.
    func follow(_ successors: [String: Customers.Customer]) {
        perform(notesCustomer: false) { $0.follow(successors, now: $1) }
        guard let closed = lastClosed?.customer, let successor = successors[closed.id] else { return }
        lastClosed?.customer = Wire.Customer(inEvent: successor)
        remember()
    }

    /// The customer whom the lane remembers by this id, or as whom he goes on.
    private func remembered(_ id: String) -> Customers.Customer? {
        customer(id) ?? surroundings.successor(id).flatMap(customer)
    }

    /// The customer with this id, as the local copy has them today.
    func customer(_ id: String) -> Customers.Customer? {
        try? surroundings.recogniser.askAnew { try $0.customer(id: id)?.0 }
    }
}
