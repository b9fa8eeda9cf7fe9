import CCountertopProtos

/// An interface of a device.
public struct DeviceInterface: WireMessage {
    public static let schema = WireSchema(countertop__v1__device_interface__init)

    /// The interface's number (bInterfaceNumber).
    public var number: UInt32 = 0
    /// The kernel driver it was bound to when the device arrived; empty for none, "usbfs" when a program had claimed it.
    public var driver: String = ""
    /// What it is for: "bar code scanner", "keyboard", "serial line".
    public var usage: String = ""

    public init() {}

    public init(number: UInt32 = 0, driver: String = "", usage: String = "") {
        self.number = number
        self.driver = driver
        self.usage = usage
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "number", &number)
        fields.field(2, "driver", &driver)
        fields.field(3, "usage", &usage)
    }
}
