import CCountertopProtos

/// What a lane is selling to one customer.
public struct Basket: WireMessage {
    public static let schema = WireSchema(countertop__v1__basket__init)

    /// The till's own number for the basket.
    public var id: String = ""
    /// Whether it is open.
    public var state: BasketState = .unspecified
    /// The customer in the basket, when there is one.
    public var customer: Customer?
    /// How it ended, once it is closed.
    public var closing: Closing?

    public init() {}

    public init(
        id: String = "", state: BasketState = .unspecified, customer: Customer? = nil, closing: Closing? = nil
    ) {
        self.id = id
        self.state = state
        self.customer = customer
        self.closing = closing
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
        fields.field(2, "state", &state)
        fields.field(3, "customer", &customer)
        fields.field(4, "closing", &closing)
    }
}
