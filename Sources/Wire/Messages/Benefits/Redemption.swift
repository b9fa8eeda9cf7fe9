import CCountertopProtos

/// One use of a benefit.
public struct Redemption: WireMessage {
    public static let schema = WireSchema(countertop__v1__redemption__init)

    /// Made by Reserve; 16 bytes.
    public var id: [UInt8] = []
    /// The customer's opaque id.
    public var customer: String = ""
    /// The benefit's id.
    public var benefit: String = ""
    /// The lane that made it.
    public var lane: String = ""
    /// The till's number of the basket; empty when it named none.
    public var basket: String = ""
    /// How it stands.
    public var state: RedemptionState = .unspecified
    /// When a reservation ends by itself.
    public var expiresAtUnixMs: Int64 = 0

    public init() {}

    public init(
        id: [UInt8] = [], customer: String = "", benefit: String = "", lane: String = "", basket: String = "",
        state: RedemptionState = .unspecified, expiresAtUnixMs: Int64 = 0
    ) {
        self.id = id
        self.customer = customer
        self.benefit = benefit
        self.lane = lane
        self.basket = basket
        self.state = state
        self.expiresAtUnixMs = expiresAtUnixMs
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
        fields.field(2, "customer", &customer)
        fields.field(3, "benefit", &benefit)
        fields.field(4, "lane", &lane)
        fields.field(5, "basket", &basket)
        fields.field(6, "state", &state)
        fields.field(7, "expires_at_unix_ms", &expiresAtUnixMs)
    }
}
