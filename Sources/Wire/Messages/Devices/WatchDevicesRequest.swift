import CCountertopProtos

/// Asks for everything that devices send.
public struct WatchDevicesRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__watch_devices_request__init)

    /// A port path; empty for all devices.
    public var device: String = ""

    public init() {}

    public init(device: String = "") {
        self.device = device
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "device", &device)
    }
}
