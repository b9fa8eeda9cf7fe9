import CCountertopProtos

/// An entry after a call.
public struct OutboxAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__outbox_answer__init)

    /// The entry.
    public var entry: OutboxEntry?

    public init() {}

    public init(
        entry: OutboxEntry? = nil
    ) {
        self.entry = entry
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "entry", &entry)
    }
}
