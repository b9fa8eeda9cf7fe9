import CCountertopProtos

/// Asks for a customer's benefits.
public struct ListBenefitsRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__list_benefits_request__init)

    /// The customer's opaque id.
    public var customer: String = ""

    public init() {}

    public init(
        customer: String = ""
    ) {
        self.customer = customer
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customer", &customer)
    }
}
