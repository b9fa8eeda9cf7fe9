import Customers

/// A customer in the order that a system outside has open for a basket.
struct OrderPlace: Sendable, Equatable {
    let order: String
    let customer: String
}

extension OrderPlace {
    /// - Returns: `nil` while there is no order, or nobody in the basket.
    init?(_ basket: Lane.OpenBasket?) {
        guard let basket, !basket.order.isEmpty, let customer = basket.customer else { return nil }
        self.init(order: basket.order, customer: customer.id)
    }
}
