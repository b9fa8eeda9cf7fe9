import CCountertopProtos

/// What a prompt showed.
public struct PromptAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__prompt_answer__init)

    /// What the display shows, cut and simplified to what it can.
    public var lines: [String] = []
    /// The store's address for self-enrolment; empty for other prompts.
    public var address: String = ""

    public init() {}

    public init(lines: [String] = [], address: String = "") {
        self.lines = lines
        self.address = address
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lines", &lines)
        fields.field(2, "address", &address)
    }
}
