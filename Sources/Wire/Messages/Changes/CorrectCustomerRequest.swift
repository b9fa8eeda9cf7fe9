import CCountertopProtos

/// Personal data are corrected. Each is left as it is when it is empty.
public struct CorrectCustomerRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__correct_customer_request__init)

    /// The customer's id.
    public var customer: String = ""
    /// The name.
    public var name: String = ""
    /// The phone number.
    public var phone: String = ""
    /// The e-mail address.
    public var email: String = ""

    public init() {}

    public init(
        customer: String = "", name: String = "", phone: String = "", email: String = ""
    ) {
        self.customer = customer
        self.name = name
        self.phone = phone
        self.email = email
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customer", &customer)
        fields.field(2, "name", &name)
        fields.field(3, "phone", &phone)
        fields.field(4, "email", &email)
    }
}
