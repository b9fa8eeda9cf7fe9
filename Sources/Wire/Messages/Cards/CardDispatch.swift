import CCountertopProtos

/// How far a card has come on its way to its customer.
public struct CardDispatch: WireMessage {
    public static let schema = WireSchema(countertop__v1__card_dispatch__init)

    /// The channel.
    public var channel: CardChannel = .unspecified
    /// The state.
    public var state: DispatchState = .unspecified
    /// The attempts.
    public var attempts: UInt32 = 0
    /// The changed at unix ms.
    public var changedAtUnixMs: Int64 = 0
    /// When it is tried next; 0 when it is not.
    public var dueAtUnixMs: Int64 = 0
    /// Why the last attempt failed and what to do, for people; empty when none has.
    public var reason: String = ""

    public init() {}

    public init(
        channel: CardChannel = .unspecified, state: DispatchState = .unspecified, attempts: UInt32 = 0,
        changedAtUnixMs: Int64 = 0, dueAtUnixMs: Int64 = 0, reason: String = ""
    ) {
        self.channel = channel
        self.state = state
        self.attempts = attempts
        self.changedAtUnixMs = changedAtUnixMs
        self.dueAtUnixMs = dueAtUnixMs
        self.reason = reason
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "channel", &channel)
        fields.field(2, "state", &state)
        fields.field(3, "attempts", &attempts)
        fields.field(4, "changed_at_unix_ms", &changedAtUnixMs)
        fields.field(5, "due_at_unix_ms", &dueAtUnixMs)
        fields.field(6, "reason", &reason)
    }
}
