import CCountertopProtos

/// Ends the basket.
public struct CloseBasketRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__close_basket_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// The basket's number, as it was opened.
    public var basket: String = ""
    /// What became of it.
    public var closing: Closing?

    public init() {}

    public init(lane: String = "", basket: String = "", closing: Closing? = nil) {
        self.lane = lane
        self.basket = basket
        self.closing = closing
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "basket", &basket)
        fields.field(3, "closing", &closing)
    }
}
