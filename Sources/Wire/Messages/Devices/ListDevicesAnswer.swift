import CCountertopProtos

/// The devices that are plugged in.
public struct ListDevicesAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_devices_answer__init)

    /// In the order of their paths.
    public var devices: [Device] = []

    public init() {}

    public init(devices: [Device] = []) {
        self.devices = devices
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "devices", &devices)
    }
}
