import CCountertopProtos

/// Asks for what goes between the edge and its devices.
public struct CaptureRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__capture_request__init)

    /// Port paths; none for all devices.
    public var devices: [String] = []

    public init() {}

    public init(devices: [String] = []) {
        self.devices = devices
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "devices", &devices)
    }
}
