import CCountertopProtos

/// Where a change stands.
public struct ChangeAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__change_answer__init)

    /// The number by which the change is asked after, and found in the outbox.
    public var id: UInt64 = 0
    /// The system it goes to.
    public var system: String = ""
    /// How far it is.
    public var state: OutboxState = .unspecified
    /// Why it stands so; empty when there is nothing to say.
    public var reason: String = ""

    public init() {}

    public init(
        id: UInt64 = 0, system: String = "", state: OutboxState = .unspecified, reason: String = ""
    ) {
        self.id = id
        self.system = system
        self.state = state
        self.reason = reason
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
        fields.field(2, "system", &system)
        fields.field(3, "state", &state)
        fields.field(4, "reason", &reason)
    }
}
