import CCountertopProtos

/// Asks for what staff see of a customer.
public struct ViewCustomerRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__view_customer_request__init)

    /// The customer's opaque id.
    public var id: String = ""

    public init() {}

    public init(id: String = "") {
        self.id = id
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
    }
}
