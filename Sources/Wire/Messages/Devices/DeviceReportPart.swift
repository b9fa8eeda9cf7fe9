import CCountertopProtos

/// A part of a report.
public struct DeviceReportPart: WireMessage {
    public static let schema = WireSchema(countertop__v1__device_report_part__init)

    /// The name of its usage.
    public var name: String = ""
    /// What it holds, for people.
    public var value: String = ""

    public init() {}

    public init(name: String = "", value: String = "") {
        self.name = name
        self.value = value
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "name", &name)
        fields.field(2, "value", &value)
    }
}
