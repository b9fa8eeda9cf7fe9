import CCountertopProtos

/// What a customer allows: one channel or purpose, with the text agreed to and the time.
public struct Permission: WireMessage {
    public static let schema = WireSchema(countertop__v1__permission__init)

    /// "email", "sms", "post", "push", "profiling", or the source's own name.
    public var name: String = ""
    /// True while the customer allows it.
    public var granted: Bool = false
    /// The text the customer agreed to.
    public var consentText: String = ""
    /// When it was given or taken back, in milliseconds since 1970 (UTC).
    public var changedAtUnixMs: Int64 = 0

    public init() {}

    public init(name: String = "", granted: Bool = false, consentText: String = "", changedAtUnixMs: Int64 = 0) {
        self.name = name
        self.granted = granted
        self.consentText = consentText
        self.changedAtUnixMs = changedAtUnixMs
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "name", &name)
        fields.field(2, "granted", &granted)
        fields.field(3, "consent_text", &consentText)
        fields.field(4, "changed_at_unix_ms", &changedAtUnixMs)
    }
}
