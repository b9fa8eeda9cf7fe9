package import Foundation

/// Something that a customer may use at the till. Its terms are its source's, and only read.
package struct Benefit: Sendable, Hashable {
    /// The source's own id: 1 to ``CustomersLimits/benefitIDBytesMax`` bytes.
    package var id: String
    /// What the cashier reads.
    package var title: String
    /// The discount in hundredths of a percent.
    package var discountBasisPoints: UInt32?
    /// The amount that is taken off, in hundredths of the store's currency.
    package var amountHundredths: Int64?
    /// From when on it can be used; `nil` for at once.
    package var validFrom: Date?
    /// Until when; `nil` for no end.
    package var validUntil: Date?
    /// How often the customer may use it in all, uses that the source knows of included; 0 for without a limit.
    package var usesMax: UInt32

    package init(
        id: String, title: String, discountBasisPoints: UInt32? = nil, amountHundredths: Int64? = nil,
        validFrom: Date? = nil, validUntil: Date? = nil, usesMax: UInt32 = 1
    ) {
        self.id = id
        self.title = title
        self.discountBasisPoints = discountBasisPoints
        self.amountHundredths = amountHundredths
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.usesMax = usesMax
    }
}
