import CCountertopProtos

/// Asks for the devices that are plugged in.
public struct ListDevicesRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_devices_request__init)

    public init() {}

    public mutating func fields(_ fields: inout WireFields) {}
}
