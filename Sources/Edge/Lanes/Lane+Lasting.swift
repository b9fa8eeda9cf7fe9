import Customers

extension Lane {
    /// A basket that a till has opened.
    struct OpenBasket: Sendable, Equatable {
        let number: String
        var customer: Customer?
        /// The number of the order that a system outside has open for it; empty for none.
        var order = ""
    }

    /// A customer who scanned before a basket was open.
    struct HeldCustomer: Sendable, Equatable {
        let customer: Customer
        let until: ContinuousClock.Instant
    }

    /// What a lane has to know after a restart.
    struct Lasting: Sendable, Equatable {
        var basket: OpenBasket?
        var held: HeldCustomer?
        var owner: LaneTill?
        var isArmed = true
    }
}
