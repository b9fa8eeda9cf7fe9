import CCountertopProtos

/// Takes a till's rights away.
public struct RevokeTillRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__revoke_till_request__init)

    /// The till's id.
    public var id: String = ""

    public init() {}

    public init(id: String = "") {
        self.id = id
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
    }
}
