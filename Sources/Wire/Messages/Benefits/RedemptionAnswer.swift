import CCountertopProtos

/// A redemption after a call.
public struct RedemptionAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__redemption_answer__init)

    /// The redemption.
    public var redemption: Redemption?

    public init() {}

    public init(
        redemption: Redemption? = nil
    ) {
        self.redemption = redemption
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "redemption", &redemption)
    }
}
