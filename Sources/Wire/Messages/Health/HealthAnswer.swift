import CCountertopProtos

/// Whether the edge can do its work.
public struct HealthAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__health_answer__init)

    /// The answer in one word.
    public var state: ServingState = .unspecified
    /// What is missing or wrong.
    public var findings: [Finding] = []
    /// The edge's version: "0.1.0".
    public var version: String = ""
    /// Milliseconds since the edge started.
    public var uptimeMs: UInt64 = 0
    /// How many customers the local copy holds.
    public var customers: UInt64 = 0
    /// Milliseconds since the local copy last took its sources' changes.
    public var replicaAgeMs: UInt64 = 0
    /// False while the first load of the local copy is not finished.
    public var replicaComplete: Bool = false

    public init() {}

    public init(
        state: ServingState = .unspecified, findings: [Finding] = [], version: String = "", uptimeMs: UInt64 = 0,
        customers: UInt64 = 0, replicaAgeMs: UInt64 = 0, replicaComplete: Bool = false
    ) {
        self.state = state
        self.findings = findings
        self.version = version
        self.uptimeMs = uptimeMs
        self.customers = customers
        self.replicaAgeMs = replicaAgeMs
        self.replicaComplete = replicaComplete
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "state", &state)
        fields.field(2, "findings", &findings)
        fields.field(3, "version", &version)
        fields.field(4, "uptime_ms", &uptimeMs)
        fields.field(5, "customers", &customers)
        fields.field(6, "replica_age_ms", &replicaAgeMs)
        fields.field(7, "replica_complete", &replicaComplete)
    }
}
