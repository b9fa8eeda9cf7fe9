import CCountertopProtos

/// Ends a card.
public struct RevokeCardRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__revoke_card_request__init)

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
