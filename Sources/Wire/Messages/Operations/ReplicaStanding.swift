import CCountertopProtos

/// How the local copy of the customers stands.
public struct ReplicaStanding: WireMessage {
    public static let schema = WireSchema(countertop__v1__replica_standing__init)

    /// How many customers it holds.
    public var customers: UInt64 = 0
    /// Milliseconds since it last took its slowest source's changes; 0 when it never did.
    public var ageMs: UInt64 = 0
    /// Whether every source has given everything it holds at least once.
    public var complete: Bool = false
    /// Customers whose records cannot be read.
    public var unreadable: UInt32 = 0

    public init() {}

    public init(customers: UInt64 = 0, ageMs: UInt64 = 0, complete: Bool = false, unreadable: UInt32 = 0) {
        self.customers = customers
        self.ageMs = ageMs
        self.complete = complete
        self.unreadable = unreadable
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customers", &customers)
        fields.field(2, "age_ms", &ageMs)
        fields.field(3, "complete", &complete)
        fields.field(4, "unreadable", &unreadable)
    }
}
