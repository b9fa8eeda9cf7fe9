import CCountertopProtos

/// What is in the outbox.
public struct ListOutboxAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_outbox_answer__init)

    /// By their names.
    public var systems: [OutboxSystem] = []
    /// By system and state.
    public var counts: [OutboxCount] = []
    /// Oldest first.
    public var entries: [OutboxEntry] = []

    public init() {}

    public init(
        systems: [OutboxSystem] = [], counts: [OutboxCount] = [], entries: [OutboxEntry] = []
    ) {
        self.systems = systems
        self.counts = counts
        self.entries = entries
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "systems", &systems)
        fields.field(2, "counts", &counts)
        fields.field(3, "entries", &entries)
    }
}
