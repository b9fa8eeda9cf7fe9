import CCountertopProtos

/// Asks for a card.
public struct GetCardRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__get_card_request__init)

    /// The id.
    public var id: String = ""

    public init() {}

    public init(id: String = "") {
        self.id = id
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
    }
}
