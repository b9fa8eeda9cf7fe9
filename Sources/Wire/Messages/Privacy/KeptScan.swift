import CCountertopProtos

/// A label with one of the customer's codes, as it was read.
public struct KeptScan: WireMessage {
    public static let schema = WireSchema(countertop__v1__kept_scan__init)

    /// The lane's name.
    public var lane: String = ""
    /// The numbering that the sequence belongs to.
    public var epoch: UInt64 = 0
    /// The scan's number in its lane.
    public var sequence: UInt64 = 0
    /// When it was read.
    public var scannedAtUnixMs: Int64 = 0
    /// The bytes that were read.
    public var code: [UInt8] = []
    /// Where the label came from.
    public var device: String = ""

    public init() {}

    public init(
        lane: String = "", epoch: UInt64 = 0, sequence: UInt64 = 0, scannedAtUnixMs: Int64 = 0, code: [UInt8] = [],
        device: String = ""
    ) {
        self.lane = lane
        self.epoch = epoch
        self.sequence = sequence
        self.scannedAtUnixMs = scannedAtUnixMs
        self.code = code
        self.device = device
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "epoch", &epoch)
        fields.field(3, "sequence", &sequence)
        fields.field(4, "scanned_at_unix_ms", &scannedAtUnixMs)
        fields.field(5, "code", &code)
        fields.field(6, "device", &device)
    }
}
