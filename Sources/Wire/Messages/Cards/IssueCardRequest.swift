import CCountertopProtos

/// Asks for a card for a customer.
public struct IssueCardRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__issue_card_request__init)

    /// The customer's id.
    public var customer: String = ""
    /// The channel.
    public var channel: CardChannel = .unspecified
    /// The phone number or e-mail address that the cashier confirmed with the customer; empty for NONE.
    public var address: String = ""
    /// The address is not stored with the customer, and the customer gave it just now.
    public var newAddress: Bool = false

    public init() {}

    public init(
        customer: String = "", channel: CardChannel = .unspecified, address: String = "", newAddress: Bool = false
    ) {
        self.customer = customer
        self.channel = channel
        self.address = address
        self.newAddress = newAddress
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customer", &customer)
        fields.field(2, "channel", &channel)
        fields.field(3, "address", &address)
        fields.field(4, "new_address", &newAddress)
    }
}
