import CCountertopProtos

/// Something that happened with a customer.
public struct CustomerEvent: WireMessage {
    public static let schema = WireSchema(countertop__v1__customer_event__init)

    /// When, in milliseconds since 1970, UTC.
    public var atUnixMs: Int64 = 0
    /// What happened, in the source's own word.
    public var kind: String = ""
    /// What is said of it besides.
    public var text: String = ""
    /// `store`, or the system's name.
    public var source: String = ""
    /// Of a sale, in hundredths of the store's currency.
    public var totalHundredths: Int64?

    public init() {}

    public init(
        atUnixMs: Int64 = 0, kind: String = "", text: String = "", source: String = "", totalHundredths: Int64? = nil
    ) {
        self.atUnixMs = atUnixMs
        self.kind = kind
        self.text = text
        self.source = source
        self.totalHundredths = totalHundredths
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "at_unix_ms", &atUnixMs)
        fields.field(2, "kind", &kind)
        fields.field(3, "text", &text)
        fields.field(4, "source", &source)
        fields.field(5, "total_hundredths", &totalHundredths)
    }
}
