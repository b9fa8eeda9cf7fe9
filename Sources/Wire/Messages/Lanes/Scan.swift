import CCountertopProtos

/// One read of a label, or one code typed into a lane.
public struct Scan: WireMessage {
    public static let schema = WireSchema(countertop__v1__scan__init)

    /// The journal's epoch, and the number within this lane. Numbers have no gaps.
    public var epoch: UInt64 = 0
    /// The scan's number within its lane.
    public var sequence: UInt64 = 0
    /// The label's bytes, without the scanner's prefix and terminator. Empty when a payment card was refused or the
    /// scan was erased.
    public var data: [UInt8] = []
    /// The symbology as the scanner told it.
    public var symbology: Symbology = .unknown
    /// The AIM identifier as the scanner sent it: "]E0". Empty when it sent none.
    public var aim: String = ""
    /// The device's port path, or "typed" for an Enter call.
    public var device: String = ""
    /// When it was read, in milliseconds since 1970 (UTC).
    public var scannedAtUnixMs: Int64 = 0
    /// What the label turned out to be.
    public var resolution: Resolution?
    /// What the lane did with it.
    public var attachment: Attachment = .unspecified
    /// True when nobody took the scan within its time. It was never attached.
    public var expired: Bool = false
    /// With ``Attachment/heldInstead``: who was held until now, by id and names, in the event as it happens.
    public var replaced: Customer?
    /// What the label says by GS1's application identifiers; empty for a label that holds none.
    public var elements: [LabelElement] = []

    public init() {}

    public init(
        epoch: UInt64 = 0, sequence: UInt64 = 0, data: [UInt8] = [], symbology: Symbology = .unknown, aim: String = "",
        device: String = "", scannedAtUnixMs: Int64 = 0, resolution: Resolution? = nil,
        attachment: Attachment = .unspecified, expired: Bool = false, replaced: Customer? = nil,
        elements: [LabelElement] = []
    ) {
        self.epoch = epoch
        self.sequence = sequence
        self.data = data
        self.symbology = symbology
        self.aim = aim
        self.device = device
        self.scannedAtUnixMs = scannedAtUnixMs
        self.resolution = resolution
        self.attachment = attachment
        self.expired = expired
        self.replaced = replaced
        self.elements = elements
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "epoch", &epoch)
        fields.field(2, "sequence", &sequence)
        fields.field(3, "data", &data)
        fields.field(4, "symbology", &symbology)
        fields.field(5, "aim", &aim)
        fields.field(6, "device", &device)
        fields.field(7, "scanned_at_unix_ms", &scannedAtUnixMs)
        fields.field(8, "resolution", &resolution)
        fields.field(9, "attachment", &attachment)
        fields.field(10, "expired", &expired)
        fields.field(11, "replaced", &replaced)
        fields.field(12, "elements", &elements)
    }
}
