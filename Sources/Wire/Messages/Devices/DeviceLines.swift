import CCountertopProtos

/// Lines for a display, from the top.
public struct DeviceLines: WireMessage {
    public static let schema = WireSchema(countertop__v1__device_lines__init)

    /// One string a line.
    public var lines: [String] = []
    /// How they are shown; a display that cannot do it is left as it was.
    public var effects: ShowEffects?
    /// At most 4, in front of the lines; of two in one place the later is seen.
    public var windows: [ShowWindow] = []

    public init() {}

    public init(lines: [String] = [], effects: ShowEffects? = nil, windows: [ShowWindow] = []) {
        self.lines = lines
        self.effects = effects
        self.windows = windows
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lines", &lines)
        fields.field(2, "effects", &effects)
        fields.field(3, "windows", &windows)
    }
}
