import CCountertopProtos

/// Lines for a display, from the top.
public struct DeviceLines: WireMessage {
    public static let schema = WireSchema(countertop__v1__device_lines__init)

    /// One string a line.
    public var lines: [String] = []

    public init() {}

    public init(lines: [String] = []) {
        self.lines = lines
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lines", &lines)
    }
}
