import CCountertopProtos

/// Takes the customer out of the open basket.
public struct DetachCustomerRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__detach_customer_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// The basket's number, as it was opened.
    public var basket: String = ""

    public init() {}

    public init(lane: String = "", basket: String = "") {
        self.lane = lane
        self.basket = basket
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "basket", &basket)
    }
}
