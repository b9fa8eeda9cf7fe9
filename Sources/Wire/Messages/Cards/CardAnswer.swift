import CCountertopProtos

/// A card.
public struct CardAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__card_answer__init)

    /// The card.
    public var card: Card?

    public init() {}

    public init(card: Card? = nil) {
        self.card = card
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "card", &card)
    }
}
