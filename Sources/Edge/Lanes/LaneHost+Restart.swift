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
        lasting.basket = memory.basket.map { Lane.OpenBasket(number: $0, customer: memory.customer.flatMap(customer)) }
        if let held = memory.held, let customer = customer(held.customer) {
            // A clock that went back must not keep anybody longer than a scan is.
            let left = min(max(0, held.until.timeIntervalSinceNow), lane.limits.scanTime / .seconds(1))
            lasting.held = Lane.HeldCustomer(customer: customer, until: .now + .seconds(left))
        }
        lasting.owner = memory.till.map { LaneTill(watch: 0, name: $0.name, token: $0.token) }
        lane.restore(lasting, now: .now)
        lastClosed = memory.closed.map { closed in
            Wire.Basket(
                id: closed.basket, state: .closed,
                customer: closed.customer.flatMap(customer).map { Wire.Customer($0) },
                closing: try? Closing(packed: closed.closing))
        }
    }

    /// The customer with this id, as the local copy has them today.
    func customer(_ id: String) -> Customers.Customer? {
        try? surroundings.recogniser.ask { try $0.customer(id: id)?.0 }
    }
}
