import CCountertopProtos

/// Something that goes to a system outside the store.
public struct OutboxEntry: WireMessage {
    public static let schema = WireSchema(countertop__v1__outbox_entry__init)

    /// The number by which it is retried and dropped.
    public var id: UInt64 = 0
    /// The system's name in the configuration.
    public var system: String = ""
    /// What it is, in the connector's word: "bonus_change".
    public var kind: String = ""
    /// The opaque id of the customer it is about; empty for one that is about nobody, and once it was sent or
    /// dropped.
    public var subject: String = ""
    /// How it stands.
    public var state: OutboxState = .unspecified
    /// How often it was delivered, tries that failed included.
    public var attempts: UInt32 = 0
    /// How often it was looked for in the system since its outcome is unknown.
    public var checks: UInt32 = 0
    /// When it came.
    public var createdAtUnixMs: Int64 = 0
    /// When its state became what it is.
    public var changedAtUnixMs: Int64 = 0
    /// When it is tried or looked for next; 0 for one that was sent, refused or dropped.
    public var dueAtUnixMs: Int64 = 0
    /// Why it stands so, and what to do; empty when there is nothing to say.
    public var reason: String = ""

    public init() {}

    public init(
        id: UInt64 = 0, system: String = "", kind: String = "", subject: String = "",
        state: OutboxState = .unspecified, attempts: UInt32 = 0, checks: UInt32 = 0, createdAtUnixMs: Int64 = 0,
        changedAtUnixMs: Int64 = 0, dueAtUnixMs: Int64 = 0, reason: String = ""
    ) {
        self.id = id
        self.system = system
        self.kind = kind
        self.subject = subject
        self.state = state
        self.attempts = attempts
        self.checks = checks
        self.createdAtUnixMs = createdAtUnixMs
        self.changedAtUnixMs = changedAtUnixMs
        self.dueAtUnixMs = dueAtUnixMs
        self.reason = reason
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
        fields.field(2, "system", &system)
        fields.field(3, "kind", &kind)
        fields.field(4, "subject", &subject)
        fields.field(5, "state", &state)
        fields.field(6, "attempts", &attempts)
        fields.field(7, "checks", &checks)
        fields.field(8, "created_at_unix_ms", &createdAtUnixMs)
        fields.field(9, "changed_at_unix_ms", &changedAtUnixMs)
        fields.field(10, "due_at_unix_ms", &dueAtUnixMs)
        fields.field(11, "reason", &reason)
    }
}
