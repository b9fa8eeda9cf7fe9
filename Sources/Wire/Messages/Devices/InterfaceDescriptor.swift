import CCountertopProtos

/// What an interface says of itself.
public struct InterfaceDescriptor: WireMessage {
    public static let schema = WireSchema(countertop__v1__interface_descriptor__init)

    /// The interface's number (bInterfaceNumber).
    public var number: UInt32 = 0
    /// The class code (bInterfaceClass); 3 is HID.
    public var interfaceClass: UInt32 = 0
    /// The report descriptor (HID 1.11, section 6.2.2); empty for an interface that is no HID interface, and for one that the
    /// edge has not looked at.
    public var report: [UInt8] = []

    public init() {}

    public init(number: UInt32 = 0, interfaceClass: UInt32 = 0, report: [UInt8] = []) {
        self.number = number
        self.interfaceClass = interfaceClass
        self.report = report
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "number", &number)
        fields.field(2, "interface_class", &interfaceClass)
        fields.field(3, "report", &report)
    }
}
