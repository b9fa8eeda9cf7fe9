import CCountertopProtos

/// What became of the wish.
public struct ReadmitCustomerAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__readmit_customer_answer__init)

    /// Whether the store had been asked to forget the customer.
    public var found: Bool = false
    /// Whether the feed is read from the front now, be he found or not. Otherwise he comes with the next record of him that a feed gives.
    public var reading: Bool = false

    public init() {}

    public init(
        found: Bool = false, reading: Bool = false
    ) {
        self.found = found
        self.reading = reading
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "found", &found)
        fields.field(2, "reading", &reading)
    }
}
