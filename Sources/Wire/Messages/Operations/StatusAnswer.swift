import CCountertopProtos

/// How the edge and all it works with stands.
public struct StatusAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__status_answer__init)

    /// The edge's version: "0.1.0".
    public var version: String = ""
    /// The store's name.
    public var store: String = ""
    /// As Health/Check gives them.
    public var state: ServingState = .unspecified
    /// What is not as it should be.
    public var findings: [Finding] = []
    /// Milliseconds since the edge started.
    public var uptimeMs: UInt64 = 0
    /// The local copy of the customers.
    public var replica: ReplicaStanding? = nil
    /// By their names.
    public var feeds: [Feed] = []
    /// By where they are plugged in. Their serial numbers are left out.
    public var devices: [Device] = []
    /// In the configuration's order.
    public var lanes: [LaneStanding] = []
    /// By their names, those revoked last; empty while the edge is not on the network.
    public var tills: [Till] = []
    /// Connections that are open, those of this machine counted.
    public var connections: UInt32 = 0
    /// The last findings that came, newest first, at most 20, those that are over among them.
    public var pastFindings: [PastFinding] = []
    /// What the process takes of its machine.
    public var process: ProcessStanding? = nil
    /// The files of the state.
    public var files: [StateFileStanding] = []
    /// What goes to the systems outside: each system, and how many entries there are of each state.
    public var outboxSystems: [OutboxSystem] = []
    /// How many entries of the outbox are in each state, by system.
    public var outboxCounts: [OutboxCount] = []
    /// The systems outside, in the configuration's order.
    public var systems: [OutsideSystem] = []

    public init() {}

    public init(
        version: String = "", store: String = "", state: ServingState = .unspecified, findings: [Finding] = [],
        uptimeMs: UInt64 = 0, replica: ReplicaStanding? = nil, feeds: [Feed] = [], devices: [Device] = [],
        lanes: [LaneStanding] = [], tills: [Till] = [], connections: UInt32 = 0, pastFindings: [PastFinding] = [],
        process: ProcessStanding? = nil, files: [StateFileStanding] = [], outboxSystems: [OutboxSystem] = [],
        outboxCounts: [OutboxCount] = [], systems: [OutsideSystem] = []
    ) {
        self.version = version
        self.store = store
        self.state = state
        self.findings = findings
        self.uptimeMs = uptimeMs
        self.replica = replica
        self.feeds = feeds
        self.devices = devices
        self.lanes = lanes
        self.tills = tills
        self.connections = connections
        self.pastFindings = pastFindings
        self.process = process
        self.files = files
        self.outboxSystems = outboxSystems
        self.outboxCounts = outboxCounts
        self.systems = systems
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "version", &version)
        fields.field(2, "store", &store)
        fields.field(3, "state", &state)
        fields.field(4, "findings", &findings)
        fields.field(5, "uptime_ms", &uptimeMs)
        fields.field(6, "replica", &replica)
        fields.field(7, "feeds", &feeds)
        fields.field(8, "devices", &devices)
        fields.field(9, "lanes", &lanes)
        fields.field(10, "tills", &tills)
        fields.field(11, "connections", &connections)
        fields.field(12, "past_findings", &pastFindings)
        fields.field(13, "process", &process)
        fields.field(14, "files", &files)
        fields.field(15, "outbox_systems", &outboxSystems)
        fields.field(16, "outbox_counts", &outboxCounts)
        fields.field(17, "systems", &systems)
    }
}
