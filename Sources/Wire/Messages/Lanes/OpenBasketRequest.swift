import CCountertopProtos

/// Opens the lane's basket.
public struct OpenBasketRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__open_basket_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// The till's own number for the basket.
    public var basket: String = ""
    /// The number of the order that a system outside has open for this basket; empty for none.
    public var order: String = ""

    public init() {}

    public init(lane: String = "", basket: String = "", order: String = "") {
        self.lane = lane
        self.basket = basket
        self.order = order
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "basket", &basket)
        fields.field(3, "order", &order)
    }
}
