import CCountertopProtos

/// Somebody becomes a customer.
public struct JoinRequest: WireMessage {
    public static let schema = WireSchema(countertop__v1__join_request__init)

    /// The system's name; empty for the first one that takes new customers.
    public var system: String = ""
    /// The customer's name.
    public var name: String = ""
    /// As typed: without a country code it is of the store's region.
    public var phone: String = ""
    /// The e-mail address.
    public var email: String = ""
    /// A group's id in the system; empty for the one of the configuration.
    public var group: String = ""
    /// A card that was scanned and is nobody's.
    public var card: [UInt8] = []
    /// What the customer allows; what is not named is not known.
    public var permissions: [PermissionGrant] = []
    /// The lane the customer stands at; empty for none.
    public var lane: String = ""

    public init() {}

    public init(
        system: String = "", name: String = "", phone: String = "", email: String = "", group: String = "",
        card: [UInt8] = [], permissions: [PermissionGrant] = [], lane: String = ""
    ) {
        self.system = system
        self.name = name
        self.phone = phone
        self.email = email
        self.group = group
        self.card = card
        self.permissions = permissions
        self.lane = lane
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "system", &system)
        fields.field(2, "name", &name)
        fields.field(3, "phone", &phone)
        fields.field(4, "email", &email)
        fields.field(5, "group", &group)
        fields.field(6, "card", &card)
        fields.field(7, "permissions", &permissions)
        fields.field(8, "lane", &lane)
    }
}
