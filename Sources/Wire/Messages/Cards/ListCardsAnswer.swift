import CCountertopProtos

/// A customer's cards, the newest first.
public struct ListCardsAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_cards_answer__init)

    /// The cards.
    public var cards: [Card] = []

    public init() {}

    public init(cards: [Card] = []) {
        self.cards = cards
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "cards", &cards)
    }
}
