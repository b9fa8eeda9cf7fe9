import CCountertopProtos

/// Somebody who was forgotten wants to be a customer again.
public struct ReadmitCustomerRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__readmit_customer_request__init)

    /// The customer's opaque id, as the audit log has it.
    public var customer: String = ""
    /// The feed's name in the configuration.
    public var feed: String = ""
    /// The key that the feed's system has for him.
    public var key: String = ""

    public init() {}

    public init(
        customer: String = "", feed: String = "", key: String = ""
    ) {
        self.customer = customer
        self.feed = feed
        self.key = key
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customer", &customer)
        fields.field(2, "feed", &feed)
        fields.field(3, "key", &key)
    }
}
