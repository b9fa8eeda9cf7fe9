import CCountertopProtos

/// A label that a scanner read, before anything is made of it.
public struct DeviceScan: WireMessage {
    public static let schema = WireSchema(countertop__v1__device_scan__init)

    /// The device's port path.
    public var path: String = ""
    /// The interface it came from.
    public var interface: UInt32 = 0
    /// The label's bytes, without the scanner's prefix and terminator.
    public var data: [UInt8] = []
    /// The kind of label.
    public var symbology: Symbology = .unknown
    /// The AIM identifier as the scanner sent it; empty when it sent none.
    public var aim: String = ""
    /// When it was read, in milliseconds since 1970.
    public var readAtUnixMs: Int64 = 0

    public init() {}

    public init(
        path: String = "", interface: UInt32 = 0, data: [UInt8] = [], symbology: Symbology = .unknown,
        aim: String = "", readAtUnixMs: Int64 = 0
    ) {
        self.path = path
        self.interface = interface
        self.data = data
        self.symbology = symbology
        self.aim = aim
        self.readAtUnixMs = readAtUnixMs
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "path", &path)
        fields.field(2, "interface", &interface)
        fields.field(3, "data", &data)
        fields.field(4, "symbology", &symbology)
        fields.field(5, "aim", &aim)
        fields.field(6, "read_at_unix_ms", &readAtUnixMs)
    }
}
