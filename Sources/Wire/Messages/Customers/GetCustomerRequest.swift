import CCountertopProtos

/// Asks for the customer with an id.
public struct GetCustomerRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__get_customer_request__init)

    /// The customer's id, as ``Customer/id`` gives it.
    public var id: String = ""

    public init() {}

    public init(id: String = "") {
        self.id = id
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
    }
}
