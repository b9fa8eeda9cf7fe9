import CCountertopProtos

/// Asks for everything the edge keeps about a customer.
public struct ExportCustomerRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__export_customer_request__init)

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
