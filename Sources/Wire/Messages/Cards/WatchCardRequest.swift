import CCountertopProtos

/// Asks how far a card has come on its way.
public struct WatchCardRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__watch_card_request__init)

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
