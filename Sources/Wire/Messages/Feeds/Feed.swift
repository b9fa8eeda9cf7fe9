import CCountertopProtos

/// How a feed stands.
public struct Feed: WireMessage {
    public static let schema = WireSchema(countertop__v1__feed__init)

    /// The feed's name.
    public var name: String = ""
    /// "file", "folder", "command" or "http", or a system's; of one that is off "import", "sample", "store" for customers who were
    /// made in the store, "members" for those whom a system of the configuration enrols at the till, the system's for one of
    /// which no customers are read, and empty for one that the configuration does not name any more.
    public var kind: String = ""
    /// What it is doing.
    public var state: FeedState = .unspecified
    /// Whether it has given everything it held at least once.
    public var complete: Bool = false
    /// When it was last through; 0 when it never was.
    public var throughAtUnixMs: Int64 = 0
    /// When it runs next; 0 while it runs, and for one that is off.
    public var nextRunAtUnixMs: Int64 = 0
    /// Why the last try failed, and what to do; empty after one that did not.
    public var failure: String = ""
    /// Failures one after another.
    public var failures: UInt32 = 0
    /// Of the run under way, or the last one that read something since the edge started.
    public var rowsRead: UInt64 = 0
    /// Rows of which nothing was taken.
    public var rowsRefused: UInt64 = 0
    /// The first rows that were not taken, or not all of them.
    public var rejected: [RejectedRow] = []
    /// The run that ended last since the edge started.
    public var lastRun: FeedRun?
    /// Cards and numbers that went over from one customer of the feed to another.
    public var identifiersMoved: UInt64 = 0

    public init() {}

    public init(
        name: String = "", kind: String = "", state: FeedState = .unspecified, complete: Bool = false,
        throughAtUnixMs: Int64 = 0, nextRunAtUnixMs: Int64 = 0, failure: String = "", failures: UInt32 = 0,
        rowsRead: UInt64 = 0, rowsRefused: UInt64 = 0, rejected: [RejectedRow] = [],
        lastRun: FeedRun? = nil, identifiersMoved: UInt64 = 0
    ) {
        self.name = name
        self.kind = kind
        self.state = state
        self.complete = complete
        self.throughAtUnixMs = throughAtUnixMs
        self.nextRunAtUnixMs = nextRunAtUnixMs
        self.failure = failure
        self.failures = failures
        self.rowsRead = rowsRead
        self.rowsRefused = rowsRefused
        self.rejected = rejected
        self.lastRun = lastRun
        self.identifiersMoved = identifiersMoved
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "name", &name)
        fields.field(2, "kind", &kind)
        fields.field(3, "state", &state)
        fields.field(4, "complete", &complete)
        fields.field(5, "through_at_unix_ms", &throughAtUnixMs)
        fields.field(6, "next_run_at_unix_ms", &nextRunAtUnixMs)
        fields.field(7, "failure", &failure)
        fields.field(8, "failures", &failures)
        fields.field(9, "rows_read", &rowsRead)
        fields.field(10, "rows_refused", &rowsRefused)
        fields.field(11, "rejected", &rejected)
        fields.field(12, "last_run", &lastRun)
        fields.field(13, "identifiers_moved", &identifiersMoved)
    }
}
