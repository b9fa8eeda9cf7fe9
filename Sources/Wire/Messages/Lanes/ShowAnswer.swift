import CCountertopProtos

/// What the customer display shows.
public struct ShowAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__show_answer__init)

    /// What the display shows, cut and simplified to what it can.
    public var lines: [String] = []

    public init() {}

    public init(lines: [String] = []) {
        self.lines = lines
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lines", &lines)
    }
}
