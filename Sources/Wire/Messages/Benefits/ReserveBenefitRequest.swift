import CCountertopProtos

/// Keeps one use of a benefit for a lane's basket.
public struct ReserveBenefitRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__reserve_benefit_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// The customer's opaque id.
    public var customer: String = ""
    /// The benefit's id.
    public var benefit: String = ""
    /// The till's number of the basket, for those who look later.
    public var basket: String = ""

    public init() {}

    public init(
        lane: String = "", customer: String = "", benefit: String = "", basket: String = ""
    ) {
        self.lane = lane
        self.customer = customer
        self.benefit = benefit
        self.basket = basket
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "customer", &customer)
        fields.field(3, "benefit", &benefit)
        fields.field(4, "basket", &basket)
    }
}
