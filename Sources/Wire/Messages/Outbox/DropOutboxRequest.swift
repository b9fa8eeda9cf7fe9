import CCountertopProtos

/// Gives an entry up.
public struct DropOutboxRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__drop_outbox_request__init)

    /// The entry's number.
    public var id: UInt64 = 0
    /// Why, for those who look later: 1 to 200 bytes, nothing of a customer.
    public var reason: String = ""

    public init() {}

    public init(
        id: UInt64 = 0, reason: String = ""
    ) {
        self.id = id
        self.reason = reason
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
        fields.field(2, "reason", &reason)
    }
}
