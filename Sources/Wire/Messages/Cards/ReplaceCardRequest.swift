import CCountertopProtos

/// Asks for a card in the place of a lost one.
public struct ReplaceCardRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__replace_card_request__init)

    /// The card that was lost.
    public var id: String = ""
    /// The channel.
    public var channel: CardChannel = .unspecified
    /// The address.
    public var address: String = ""
    /// The new address.
    public var newAddress: Bool = false

    public init() {}

    public init(id: String = "", channel: CardChannel = .unspecified, address: String = "", newAddress: Bool = false) {
        self.id = id
        self.channel = channel
        self.address = address
        self.newAddress = newAddress
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
        fields.field(2, "channel", &channel)
        fields.field(3, "address", &address)
        fields.field(4, "new_address", &newAddress)
    }
}
