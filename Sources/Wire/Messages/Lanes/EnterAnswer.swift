import CCountertopProtos

/// Where the typed code went.
public struct EnterAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__enter_answer__init)

    /// The number the scan got; its event comes by Watch.
    public var epoch: UInt64 = 0
    /// The scan's number within its lane.
    public var sequence: UInt64 = 0

    public init() {}

    public init(epoch: UInt64 = 0, sequence: UInt64 = 0) {
        self.epoch = epoch
        self.sequence = sequence
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "epoch", &epoch)
        fields.field(2, "sequence", &sequence)
    }
}
