import CCountertopProtos

/// How a basket ended.
public struct Closing: WireMessage {
    public static let schema = WireSchema(countertop__v1__closing__init)

    /// What became of the basket.
    public var outcome: BasketOutcome = .unspecified
    /// The till's number of the sale.
    public var saleId: String = ""
    /// What the sale comes to.
    public var total: Money?
    /// What was sold.
    public var lines: [SaleLine] = []

    public init() {}

    public init(
        outcome: BasketOutcome = .unspecified, saleId: String = "", total: Money? = nil, lines: [SaleLine] = []
    ) {
        self.outcome = outcome
        self.saleId = saleId
        self.total = total
        self.lines = lines
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "outcome", &outcome)
        fields.field(2, "sale_id", &saleId)
        fields.field(3, "total", &total)
        fields.field(4, "lines", &lines)
    }
}
