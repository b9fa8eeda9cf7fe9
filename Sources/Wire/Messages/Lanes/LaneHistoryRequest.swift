import CCountertopProtos

/// Asks for a lane's earlier scans.
public struct LaneHistoryRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__lane_history_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// The journal's epoch; 0 for the present one.
    public var epoch: UInt64 = 0
    /// Scans after this number.
    public var afterSequence: UInt64 = 0
    /// At most this many, 1 to 1,000; 0 means 100.
    public var limit: UInt32 = 0

    public init() {}

    public init(lane: String = "", epoch: UInt64 = 0, afterSequence: UInt64 = 0, limit: UInt32 = 0) {
        self.lane = lane
        self.epoch = epoch
        self.afterSequence = afterSequence
        self.limit = limit
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "epoch", &epoch)
        fields.field(3, "after_sequence", &afterSequence)
        fields.field(4, "limit", &limit)
    }
}
