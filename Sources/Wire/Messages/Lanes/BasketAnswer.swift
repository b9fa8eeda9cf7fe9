import CCountertopProtos

/// The basket after the call.
public struct BasketAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__basket_answer__init)

    /// The basket as it stands now.
    public var basket: Basket?

    public init() {}

    public init(basket: Basket? = nil) {
        self.basket = basket
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "basket", &basket)
    }
}
