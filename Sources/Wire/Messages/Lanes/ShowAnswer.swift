import CCountertopProtos

/// What the customer display shows.
public struct ShowAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__show_answer__init)

    /// What the display shows at first, cut and simplified to what it can.
    public var lines: [String] = []
    /// What was asked for and the display cannot: "brightness", "cursor".
    public var lacking: [String] = []

    public init() {}

    public init(lines: [String] = [], lacking: [String] = []) {
        self.lines = lines
        self.lacking = lacking
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lines", &lines)
        fields.field(2, "lacking", &lacking)
    }
}
