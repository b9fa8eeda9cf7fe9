import CCountertopProtos

/// How a system outside stands.
public struct OutsideSystem: WireMessage {
    public static let schema = WireSchema(countertop__v1__outside_system__init)

    /// The system's name.
    public var name: String = ""
    /// "poster", "custobar" and so on.
    public var kind: String = ""
    /// How it stands.
    public var state: SystemState = .unspecified
    /// When it last answered since the edge started; 0 when it did not.
    public var answeredAtUnixMs: Int64 = 0
    /// Why it last did not, or refused, and what to do; empty when nothing is wrong.
    public var failure: String = ""
    /// When that was.
    public var failedAtUnixMs: Int64 = 0
    /// Failures one after another.
    public var failures: UInt32 = 0
    /// When all of what is read of it was last through; 0 when it never was, or nothing is read of it.
    public var throughAtUnixMs: Int64 = 0
    /// The feeds that read it, by their names.
    public var feeds: [String] = []

    public init() {}

    public init(
        name: String = "", kind: String = "", state: SystemState = .unspecified, answeredAtUnixMs: Int64 = 0,
        failure: String = "", failedAtUnixMs: Int64 = 0, failures: UInt32 = 0, throughAtUnixMs: Int64 = 0,
        feeds: [String] = []
    ) {
        self.name = name
        self.kind = kind
        self.state = state
        self.answeredAtUnixMs = answeredAtUnixMs
        self.failure = failure
        self.failedAtUnixMs = failedAtUnixMs
        self.failures = failures
        self.throughAtUnixMs = throughAtUnixMs
        self.feeds = feeds
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "name", &name)
        fields.field(2, "kind", &kind)
        fields.field(3, "state", &state)
        fields.field(4, "answered_at_unix_ms", &answeredAtUnixMs)
        fields.field(5, "failure", &failure)
        fields.field(6, "failed_at_unix_ms", &failedAtUnixMs)
        fields.field(7, "failures", &failures)
        fields.field(8, "through_at_unix_ms", &throughAtUnixMs)
        fields.field(9, "feeds", &feeds)
    }
}
