import Cards
import Wire

extension Wire.Card {
    init(_ card: Cards.Card) {
        self.init(
            id: card.id, customer: card.customer, state: Wire.CardState(rawValue: Int32(card.state.rawValue)),
            issuedAtUnixMs: card.issuedAt.unixMilliseconds, endedAtUnixMs: card.endedAt?.unixMilliseconds ?? 0,
            replacedBy: card.replacedBy, dispatch: Wire.CardDispatch(card.dispatch), code: Array(card.code.text.utf8))
    }
}

extension Wire.CardDispatch {
    init(_ dispatch: Dispatch) {
        self.init(
            channel: Wire.CardChannel(rawValue: Int32(dispatch.channel.rawValue)),
            state: Wire.DispatchState(rawValue: Int32(dispatch.state.rawValue)),
            attempts: UInt32(clamping: dispatch.attempts), changedAtUnixMs: dispatch.changedAt.unixMilliseconds,
            dueAtUnixMs: dispatch.dueAt?.unixMilliseconds ?? 0, reason: dispatch.reason)
    }
}

extension Status {
    /// What a till is told of a card that could not be issued, found or drawn.
    init(_ error: CardsError) {
        let reason: WireReason =
            switch error.code {
            case .cardUnknown: .cardUnknown
            case .cardEnded: .cardEnded
            case .tooManyCards: .tooManyCards
            case .operationReused: .operationReused
            case .documentFailed: .cardNotDrawn
            case .registerUnusable, .settingsWrong, .unavailable, .refused, .listenFailed: .cardsUnusable
            }
        self.init(reason, error.message)
    }
}

/// Reasons of the service for cards.
extension WireReason {
    /// The configuration has no cards.
    static let cardsOff = WireReason("CARDS_OFF", .failedPrecondition)
    /// The file of the cards cannot be read or written.
    static let cardsUnusable = WireReason("CARDS_UNUSABLE", .unavailable)
    /// No card of the store has that id.
    static let cardUnknown = WireReason("CARD_UNKNOWN", .notFound)
    /// The card was revoked or replaced before.
    static let cardEnded = WireReason("CARD_ENDED", .failedPrecondition)
    /// The card cannot be drawn.
    static let cardNotDrawn = WireReason("CARD_NOT_DRAWN", .internal)
    /// The customer has as many cards as may be.
    static let tooManyCards = WireReason("TOO_MANY_CARDS", .failedPrecondition)
    /// As many watch cards as may.
    static let tooManyCardWatches = WireReason("TOO_MANY_CARD_WATCHES", .resourceExhausted)
    /// The configuration has no gateway for the channel.
    static let channelMissing = WireReason("CHANNEL_MISSING", .failedPrecondition)
    /// The address is no phone number or e-mail address.
    static let addressInvalid = WireReason("ADDRESS_INVALID", .invalidArgument)
    /// The address is none of the customer's.
    static let addressNotStored = WireReason("ADDRESS_NOT_STORED", .failedPrecondition)
}
