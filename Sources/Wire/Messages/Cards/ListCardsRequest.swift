import CCountertopProtos

/// Asks for a customer's cards.
public struct ListCardsRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_cards_request__init)

    /// The customer's id.
    public var customer: String = ""

    public init() {}

    public init(customer: String = "") {
        self.customer = customer
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customer", &customer)
    }
}
