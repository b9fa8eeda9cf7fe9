import CCountertopProtos

/// Has a card sent once more.
public struct SendCardRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__send_card_request__init)

    /// The id.
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
