/// What a group, or a customer by himself and his groups, is given. Each part is absent where it does not apply.
package struct Loyalty: Sendable, Hashable {
    /// The discount in hundredths of a percent.
    package var discountBasisPoints: UInt32?
    /// The balance in hundredths of a bonus. Only a customer has one.
    package var bonusesHundredths: Int64?
    /// The cashback in hundredths of a percent.
    package var cashbackBasisPoints: UInt32?

    package init(
        discountBasisPoints: UInt32? = nil, bonusesHundredths: Int64? = nil, cashbackBasisPoints: UInt32? = nil
    ) {
        self.discountBasisPoints = discountBasisPoints
        self.bonusesHundredths = bonusesHundredths
        self.cashbackBasisPoints = cashbackBasisPoints
    }

    /// Adds a group's terms: the better of two percentages counts, and nobody loses by a group.
    mutating func add(_ terms: Loyalty) {
        discountBasisPoints = Loyalty.better(discountBasisPoints, terms.discountBasisPoints)
        cashbackBasisPoints = Loyalty.better(cashbackBasisPoints, terms.cashbackBasisPoints)
    }

    private static func better(_ one: UInt32?, _ other: UInt32?) -> UInt32? {
        guard let one, let other else { return one ?? other }
        return max(one, other)
    }
}
