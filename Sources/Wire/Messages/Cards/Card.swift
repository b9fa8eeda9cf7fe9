import CCountertopProtos

/// A card that the store issued.
public struct Card: WireMessage {
    public static let schema = WireSchema(countertop__v1__card__init)

    /// Opaque and stable; safe to log.
    public var id: String = ""
    /// The customer's id.
    public var customer: String = ""
    /// The state.
    public var state: CardState = .unspecified
    /// The issued at unix ms.
    public var issuedAtUnixMs: Int64 = 0
    /// When it was revoked or replaced; 0 while it is good.
    public var endedAtUnixMs: Int64 = 0
    /// The card that came in its place; empty for none.
    public var replacedBy: String = ""
    /// The dispatch.
    public var dispatch: CardDispatch?
    /// What scans. Whoever has it is taken for the customer: show it, print it, and keep it out of logs.
    public var code: [UInt8] = []

    public init() {}

    public init(
        id: String = "", customer: String = "", state: CardState = .unspecified, issuedAtUnixMs: Int64 = 0,
        endedAtUnixMs: Int64 = 0, replacedBy: String = "", dispatch: CardDispatch? = nil, code: [UInt8] = []
    ) {
        self.id = id
        self.customer = customer
        self.state = state
        self.issuedAtUnixMs = issuedAtUnixMs
        self.endedAtUnixMs = endedAtUnixMs
        self.replacedBy = replacedBy
        self.dispatch = dispatch
        self.code = code
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
        fields.field(2, "customer", &customer)
        fields.field(3, "state", &state)
        fields.field(4, "issued_at_unix_ms", &issuedAtUnixMs)
        fields.field(5, "ended_at_unix_ms", &endedAtUnixMs)
        fields.field(6, "replaced_by", &replacedBy)
        fields.field(7, "dispatch", &dispatch)
        fields.field(8, "code", &code)
    }
}
