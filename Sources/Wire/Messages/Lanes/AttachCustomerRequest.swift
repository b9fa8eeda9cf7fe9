import CCountertopProtos

/// Puts a customer into the open basket.
public struct AttachCustomerRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__attach_customer_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// The basket's number, as it was opened.
    public var basket: String = ""
    /// The customer's id.
    public var customer: String = ""
    /// True to put the customer in another one's place.
    public var replace: Bool = false

    public init() {}

    public init(lane: String = "", basket: String = "", customer: String = "", replace: Bool = false) {
        self.lane = lane
        self.basket = basket
        self.customer = customer
        self.replace = replace
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "basket", &basket)
        fields.field(3, "customer", &customer)
        fields.field(4, "replace", &replace)
    }
}
