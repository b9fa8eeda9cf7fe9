import CCountertopProtos

/// Uses what was reserved.
public struct RedeemBenefitRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__redeem_benefit_request__init)

    /// The lane's name.
    public var lane: String = ""
    /// The redemption's id.
    public var redemption: [UInt8] = []

    public init() {}

    public init(
        lane: String = "", redemption: [UInt8] = []
    ) {
        self.lane = lane
        self.redemption = redemption
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "lane", &lane)
        fields.field(2, "redemption", &redemption)
    }
}
