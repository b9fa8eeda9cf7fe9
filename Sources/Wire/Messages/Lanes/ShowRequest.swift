import CCountertopProtos

/// Writes lines to the lane's customer display.
public struct ShowRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__show_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// One string a line, from the top. Too long lines are cut, missing ones left empty.
    public var lines: [String] = []
    /// How long before the display goes back to its own text; 0 for 10,000.
    public var durationMs: UInt32 = 0
    /// How they are shown.
    public var effects: ShowEffects?
    /// At most 4, in front of the lines; of two in one place the later is seen.
    public var windows: [ShowWindow] = []

    public init() {}

    public init(
        lane: String = "", lines: [String] = [], durationMs: UInt32 = 0, effects: ShowEffects? = nil,
        windows: [ShowWindow] = []
    ) {
        self.lane = lane
        self.lines = lines
        self.durationMs = durationMs
        self.effects = effects
        self.windows = windows
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "lines", &lines)
        fields.field(3, "duration_ms", &durationMs)
        fields.field(4, "effects", &effects)
        fields.field(5, "windows", &windows)
    }
}
