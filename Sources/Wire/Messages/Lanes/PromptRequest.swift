import CCountertopProtos

/// Shows the customer one of the store's own texts.
public struct PromptRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__prompt_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// What the customer is asked for.
    public var kind: PromptKind = .unspecified
    /// A BCP 47 tag; empty for the store's language.
    public var language: String = ""
    /// How long before the display goes back to its own text; 0 for 10,000.
    public var durationMs: UInt32 = 0

    public init() {}

    public init(
        lane: String = "", kind: PromptKind = .unspecified, language: String = "", durationMs: UInt32 = 0
    ) {
        self.lane = lane
        self.kind = kind
        self.language = language
        self.durationMs = durationMs
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "kind", &kind)
        fields.field(3, "language", &language)
        fields.field(4, "duration_ms", &durationMs)
    }
}
