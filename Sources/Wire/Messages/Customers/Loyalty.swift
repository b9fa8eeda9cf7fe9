import CCountertopProtos

/// What the customer's groups and personal terms give. Each part is absent when it does not apply.
public struct Loyalty: WireMessage {
    public static let schema = WireSchema(countertop__v1__loyalty__init)

    /// Discount in hundredths of a percent: 1000 is 10 %.
    public var discountBasisPoints: UInt32?
    /// Bonus balance in hundredths of a bonus.
    public var bonusesHundredths: Int64?
    /// Cashback in hundredths of a percent.
    public var cashbackBasisPoints: UInt32?

    public init() {}

    public init(
        discountBasisPoints: UInt32? = nil, bonusesHundredths: Int64? = nil, cashbackBasisPoints: UInt32? = nil
    ) {
        self.discountBasisPoints = discountBasisPoints
        self.bonusesHundredths = bonusesHundredths
        self.cashbackBasisPoints = cashbackBasisPoints
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "discount_basis_points", &discountBasisPoints)
        fields.field(2, "bonuses_hundredths", &bonusesHundredths)
        fields.field(3, "cashback_basis_points", &cashbackBasisPoints)
    }
}
