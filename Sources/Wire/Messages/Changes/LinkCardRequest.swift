import CCountertopProtos

/// A card of somebody else's becomes a customer's.
public struct LinkCardRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__link_card_request__init)

    /// The customer's id.
    public var customer: String = ""
    /// The card's bytes as they were scanned or typed.
    public var card: [UInt8] = []

    public init() {}

    public init(customer: String = "", card: [UInt8] = []) {
        self.customer = customer
        self.card = card
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customer", &customer)
        fields.field(2, "card", &card)
    }
}
