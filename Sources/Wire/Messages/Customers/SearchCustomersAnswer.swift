import CCountertopProtos

/// The customers found by name.
public struct SearchCustomersAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__search_customers_answer__init)

    /// At most as many as were asked for.
    public var customers: [Customer] = []
    /// True when more matched than were returned.
    public var more: Bool = false
    /// Where the answer comes from and how old it is.
    public var provenance: Provenance?

    public init() {}

    public init(customers: [Customer] = [], more: Bool = false, provenance: Provenance? = nil) {
        self.customers = customers
        self.more = more
        self.provenance = provenance
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customers", &customers)
        fields.field(2, "more", &more)
        fields.field(3, "provenance", &provenance)
    }
}
