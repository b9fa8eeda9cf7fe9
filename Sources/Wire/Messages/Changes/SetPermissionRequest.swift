import CCountertopProtos

/// A permission is given or taken back.
public struct SetPermissionRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__set_permission_request__init)

    /// The customer's id.
    public var customer: String = ""
    /// The permission.
    public var permission: PermissionGrant? = nil
    /// The text that was agreed to.
    public var text: String = ""

    public init() {}

    public init(
        customer: String = "", permission: PermissionGrant? = nil, text: String = ""
    ) {
        self.customer = customer
        self.permission = permission
        self.text = text
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "customer", &customer)
        fields.field(2, "permission", &permission)
        fields.field(3, "text", &text)
    }
}
