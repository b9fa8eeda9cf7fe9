import CCountertopProtos

/// A till as it stands now.
public struct TillAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__till_answer__init)

    /// The till.
    public var till: Till?

    public init() {}

    public init(till: Till? = nil) {
        self.till = till
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "till", &till)
    }
}
