import CCountertopProtos

/// What was taken out of the local copy.
public struct ForgetFeedAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__forget_feed_answer__init)

    /// How many were taken out of the local copy.
    public var customers: UInt64 = 0

    public init() {}

    public init(
        customers: UInt64 = 0
    ) {
        self.customers = customers
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customers", &customers)
    }
}
