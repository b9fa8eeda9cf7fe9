import CCountertopProtos

/// The customer asked for.
public struct CustomerAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__customer_answer__init)

    /// The customer.
    public var customer: Customer?
    /// Where the answer comes from and how old it is.
    public var provenance: Provenance?

    public init() {}

    public init(customer: Customer? = nil, provenance: Provenance? = nil) {
        self.customer = customer
        self.provenance = provenance
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customer", &customer)
        fields.field(2, "provenance", &provenance)
    }
}
