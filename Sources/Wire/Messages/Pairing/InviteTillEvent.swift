import CCountertopProtos

/// What happens to a pairing code.
public struct InviteTillEvent: WireMessage {
    public static let schema = WireSchema(countertop__v1__invite_till_event__init)

    /// What happened; `nil` when it is something this version does not know.
    public var event: Event?

    public init() {}

    public init(event: Event? = nil) {
        self.event = event
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.choice(1, "offer", &event, Event.offer) {
            if case .offer(let value) = $0 { value } else { nil }
        }
        fields.choice(2, "attempts_left", &event, Event.attemptsLeft) {
            if case .attemptsLeft(let value) = $0 { value } else { nil }
        }
        fields.choice(3, "till", &event, Event.till) {
            if case .till(let value) = $0 { value } else { nil }
        }
    }

    /// What happened.
    public enum Event: Sendable, Equatable {
        /// The code waits; the first event.
        case offer(PairingOffer)
        /// A wrong proof was given; so many more may be.
        case attemptsLeft(UInt32)
        /// The code was used; the last event.
        case till(Till)
    }
}
