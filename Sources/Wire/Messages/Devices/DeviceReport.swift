import CCountertopProtos

/// A report as it came from a device, and what it meant. It holds scanned data.
public struct DeviceReport: WireMessage {
    public static let schema = WireSchema(countertop__v1__device_report__init)

    /// The device's port path.
    public var path: String = ""
    /// The interface it came from.
    public var interface: UInt32 = 0
    /// Its bytes.
    public var data: [UInt8] = []
    /// Its parts with the names of their usages.
    public var parts: [DeviceReportPart] = []
    /// What it meant: "a scan", "more follows".
    public var outcome: String = ""
    /// How long after the interface's report before it came, in microseconds; 0 for the first.
    public var sinceLastUs: UInt64 = 0

    public init() {}

    public init(
        path: String = "", interface: UInt32 = 0, data: [UInt8] = [], parts: [DeviceReportPart] = [],
        outcome: String = "", sinceLastUs: UInt64 = 0
    ) {
        self.path = path
        self.interface = interface
        self.data = data
        self.parts = parts
        self.outcome = outcome
        self.sinceLastUs = sinceLastUs
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "path", &path)
        fields.field(2, "interface", &interface)
        fields.field(3, "data", &data)
        fields.field(4, "parts", &parts)
        fields.field(5, "outcome", &outcome)
        fields.field(6, "since_last_us", &sinceLastUs)
    }
}
