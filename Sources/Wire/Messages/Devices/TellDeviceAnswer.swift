import CCountertopProtos

/// How an order to a device ended.
public struct TellDeviceAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__tell_device_answer__init)

    /// How it ended.
    public var end: DeviceOrderEnd = .unspecified

    public init() {}

    public init(end: DeviceOrderEnd = .unspecified) {
        self.end = end
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "end", &end)
    }
}
