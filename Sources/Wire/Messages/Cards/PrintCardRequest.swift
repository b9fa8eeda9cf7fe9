import CCountertopProtos

/// Asks for a card to print.
public struct PrintCardRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__print_card_request__init)

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
