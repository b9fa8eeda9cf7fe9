import CCountertopProtos

/// Asks to forget a customer.
public struct EraseCustomerRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__erase_customer_request__init)

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
