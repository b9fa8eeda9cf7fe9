import CCountertopProtos

/// Tells the edge which scans the till has applied.
public struct AcknowledgeRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__acknowledge_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// The epoch the number belongs to.
    public var epoch: UInt64 = 0
    /// This scan and all before it.
    public var sequence: UInt64 = 0

    public init() {}

    public init(lane: String = "", epoch: UInt64 = 0, sequence: UInt64 = 0) {
        self.lane = lane
        self.epoch = epoch
        self.sequence = sequence
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "epoch", &epoch)
        fields.field(3, "sequence", &sequence)
    }
}
