import CCountertopProtos

/// How a system stands.
public struct OutboxSystem: WireMessage {
    public static let schema = WireSchema(countertop__v1__outbox_system__init)

    /// The system's name in the configuration.
    public var name: String = ""
    /// Whether something delivers to it: false for one that the configuration does not name (any more).
    public var served: Bool = false
    /// Whether so many tries failed that it is left alone for a while.
    public var down: Bool = false
    /// When it is tried next; 0 when it is not left alone.
    public var nextTryAtUnixMs: Int64 = 0
    /// Why the last try failed; empty after one that did not.
    public var failure: String = ""

    public init() {}

    public init(
        name: String = "", served: Bool = false, down: Bool = false, nextTryAtUnixMs: Int64 = 0, failure: String = ""
    ) {
        self.name = name
        self.served = served
        self.down = down
        self.nextTryAtUnixMs = nextTryAtUnixMs
        self.failure = failure
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "name", &name)
        fields.field(2, "served", &served)
        fields.field(3, "down", &down)
        fields.field(4, "next_try_at_unix_ms", &nextTryAtUnixMs)
        fields.field(5, "failure", &failure)
    }
}
