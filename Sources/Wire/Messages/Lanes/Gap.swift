import CCountertopProtos

/// Scans the edge can no longer give.
public struct Gap: WireMessage {
    public static let schema = WireSchema(countertop__v1__gap__init)

    /// The epoch the till asked to resume from.
    public var askedEpoch: UInt64 = 0
    /// The number the till asked to resume from.
    public var askedSequence: UInt64 = 0
    /// The journal's epoch.
    public var epoch: UInt64 = 0
    /// The next scan that will be given.
    public var nextSequence: UInt64 = 0

    public init() {}

    public init(askedEpoch: UInt64 = 0, askedSequence: UInt64 = 0, epoch: UInt64 = 0, nextSequence: UInt64 = 0) {
        self.askedEpoch = askedEpoch
        self.askedSequence = askedSequence
        self.epoch = epoch
        self.nextSequence = nextSequence
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "asked_epoch", &askedEpoch)
        fields.field(2, "asked_sequence", &askedSequence)
        fields.field(3, "epoch", &epoch)
        fields.field(4, "next_sequence", &nextSequence)
    }
}
