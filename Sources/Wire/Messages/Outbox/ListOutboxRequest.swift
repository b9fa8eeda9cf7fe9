import CCountertopProtos

/// Asks for what is in the outbox.
public struct ListOutboxRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_outbox_request__init)

    /// Entries of this system alone; empty for all.
    public var system: String = ""
    /// Entries in these states alone; none for those that are not at their end: pending, sending, unknown and
    /// refused.
    public var states: [OutboxState] = []
    /// Entries after this number.
    public var afterId: UInt64 = 0
    /// At most this many, 1 to 200; 0 means 100.
    public var limit: UInt32 = 0

    public init() {}

    public init(
        system: String = "", states: [OutboxState] = [], afterId: UInt64 = 0, limit: UInt32 = 0
    ) {
        self.system = system
        self.states = states
        self.afterId = afterId
        self.limit = limit
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "system", &system)
        fields.field(2, "states", &states)
        fields.field(3, "after_id", &afterId)
        fields.field(4, "limit", &limit)
    }
}
