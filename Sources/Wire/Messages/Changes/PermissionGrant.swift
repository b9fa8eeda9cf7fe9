import CCountertopProtos

/// A permission, given or not.
public struct PermissionGrant: WireMessage {
    public static let schema = WireSchema(countertop__v1__permission_grant__init)

    /// "email", "sms", "post", "push" or "profiling".
    public var name: String = ""
    /// Whether it is given.
    public var granted: Bool = false

    public init() {}

    public init(
        name: String = "", granted: Bool = false
    ) {
        self.name = name
        self.granted = granted
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "name", &name)
        fields.field(2, "granted", &granted)
    }
}
