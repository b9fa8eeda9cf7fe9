import CCountertopProtos

/// Bonuses are added or taken off.
public struct ChangeBonusesRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__change_bonuses_request__init)

    /// The customer's id.
    public var customer: String = ""
    /// In hundredths of a bonus; negative for what is taken off.
    public var hundredths: Int64 = 0

    public init() {}

    public init(
        customer: String = "", hundredths: Int64 = 0
    ) {
        self.customer = customer
        self.hundredths = hundredths
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customer", &customer)
        fields.field(2, "hundredths", &hundredths)
    }
}
