import Customers

@testable import Edge

extension LaneRig {
    mutating func open(_ basket: String) throws(LaneRefusal) {
        try perform { lane, now throws(LaneRefusal) in try lane.openBasket(basket, now: now) }
    }

    mutating func close(_ basket: String, isPaid: Bool = true) throws(LaneRefusal) {
        try perform { lane, now throws(LaneRefusal) in try lane.closeBasket(basket, isPaid: isPaid, now: now) }
    }

    mutating func attach(_ customer: Customer, to basket: String = "B1", replace: Bool) throws(LaneRefusal) {
        try perform { lane, now throws(LaneRefusal) in
            try lane.attachCustomer(customer, to: basket, replace: replace, now: now)
        }
    }

    mutating func detach(from basket: String) throws(LaneRefusal) {
        try perform { lane, now throws(LaneRefusal) in try lane.detachCustomer(from: basket, now: now) }
    }
}
