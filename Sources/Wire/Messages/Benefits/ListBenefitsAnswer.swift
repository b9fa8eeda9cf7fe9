import CCountertopProtos

/// A customer's benefits.
public struct ListBenefitsAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_benefits_answer__init)

    /// In their source's order.
    public var benefits: [Benefit] = []
    /// Of the customer's record, which the benefits stand in.
    public var provenance: Provenance?

    public init() {}

    public init(
        benefits: [Benefit] = [], provenance: Provenance? = nil
    ) {
        self.benefits = benefits
        self.provenance = provenance
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "benefits", &benefits)
        fields.field(2, "provenance", &provenance)
    }
}
