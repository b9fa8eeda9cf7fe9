import CCountertopProtos

/// Opens the lane's basket.
public struct OpenBasketRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__open_basket_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// The till's own number for the basket.
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
