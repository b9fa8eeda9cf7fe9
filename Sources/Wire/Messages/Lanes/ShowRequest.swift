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

    public init() {}

    public init(lane: String = "", lines: [String] = [], durationMs: UInt32 = 0) {
        self.lane = lane
        self.lines = lines
        self.durationMs = durationMs
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "lines", &lines)
        fields.field(3, "duration_ms", &durationMs)
    }
}
