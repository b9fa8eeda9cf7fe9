import CCountertopProtos

/// Asks where a change stands.
public struct GetChangeRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__get_change_request__init)

    /// Its number.
    public var id: UInt64 = 0

    public init() {}

    public init(
        id: UInt64 = 0
    ) {
        self.id = id
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
    }
}
