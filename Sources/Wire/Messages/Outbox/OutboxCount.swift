import CCountertopProtos

/// How many entries of a system are in a state.
public struct OutboxCount: WireMessage {
    public static let schema = WireSchema(countertop__v1__outbox_count__init)

    /// The system's name in the configuration.
    public var system: String = ""
    /// The state.
    public var state: OutboxState = .unspecified
    /// How many entries are in it.
    public var count: UInt64 = 0
    /// When the oldest of them came.
    public var oldestAtUnixMs: Int64 = 0

    public init() {}

    public init(
        system: String = "", state: OutboxState = .unspecified, count: UInt64 = 0, oldestAtUnixMs: Int64 = 0
    ) {
        self.system = system
        self.state = state
        self.count = count
        self.oldestAtUnixMs = oldestAtUnixMs
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "system", &system)
        fields.field(2, "state", &state)
        fields.field(3, "count", &count)
        fields.field(4, "oldest_at_unix_ms", &oldestAtUnixMs)
    }
}
