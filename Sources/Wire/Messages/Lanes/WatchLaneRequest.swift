import CCountertopProtos

/// Asks for a lane's events from a scan on.
public struct WatchLaneRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__watch_lane_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// What the watcher wants of the lane.
    public var role: WatchRole = .till
    /// The epoch and number of the last scan the till has applied. 0 and 0: what no till has
    /// acknowledged yet, and what comes.
    public var epoch: UInt64 = 0
    /// The number of that scan.
    public var afterSequence: UInt64 = 0
    /// Who the till is, however often it connects: up to 64 bytes that it made up once and keeps.
    public var tillToken: [UInt8] = []

    public init() {}

    public init(
        lane: String = "", role: WatchRole = .till, epoch: UInt64 = 0, afterSequence: UInt64 = 0,
        tillToken: [UInt8] = []
    ) {
        self.lane = lane
        self.role = role
        self.epoch = epoch
        self.afterSequence = afterSequence
        self.tillToken = tillToken
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "role", &role)
        fields.field(3, "epoch", &epoch)
        fields.field(4, "after_sequence", &afterSequence)
        fields.field(5, "till_token", &tillToken)
    }
}
