import CCountertopProtos

/// Something that a customer may use. Its terms are its source's.
public struct Benefit: WireMessage {
    public static let schema = WireSchema(countertop__v1__benefit__init)

    /// The source's own id.
    public var id: String = ""
    /// What the cashier reads.
    public var title: String = ""
    /// Discount in hundredths of a percent.
    public var discountBasisPoints: UInt32?
    /// What is taken off, in hundredths of the store's currency.
    public var amountHundredths: Int64?
    /// 0 for at once.
    public var validFromUnixMs: Int64 = 0
    /// 0 for no end.
    public var validUntilUnixMs: Int64 = 0
    /// How often the customer may use it in all; 0 for without a limit.
    public var usesMax: UInt32 = 0
    /// How often he still may; without meaning where there is no limit.
    public var usesLeft: UInt32 = 0
    /// How it stands.
    public var state: BenefitState = .unspecified
    /// The lane that keeps it, when it is reserved.
    public var lane: String = ""

    public init() {}

    public init(
        id: String = "", title: String = "", discountBasisPoints: UInt32? = nil, amountHundredths: Int64? = nil,
        validFromUnixMs: Int64 = 0, validUntilUnixMs: Int64 = 0, usesMax: UInt32 = 0, usesLeft: UInt32 = 0,
        state: BenefitState = .unspecified, lane: String = ""
    ) {
        self.id = id
        self.title = title
        self.discountBasisPoints = discountBasisPoints
        self.amountHundredths = amountHundredths
        self.validFromUnixMs = validFromUnixMs
        self.validUntilUnixMs = validUntilUnixMs
        self.usesMax = usesMax
        self.usesLeft = usesLeft
        self.state = state
        self.lane = lane
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
        fields.field(2, "title", &title)
        fields.field(3, "discount_basis_points", &discountBasisPoints)
        fields.field(4, "amount_hundredths", &amountHundredths)
        fields.field(5, "valid_from_unix_ms", &validFromUnixMs)
        fields.field(6, "valid_until_unix_ms", &validUntilUnixMs)
        fields.field(7, "uses_max", &usesMax)
        fields.field(8, "uses_left", &usesLeft)
        fields.field(9, "state", &state)
        fields.field(10, "lane", &lane)
    }
}
