import CCountertopProtos

/// A customer as the local copy holds them.
public struct Customer: WireMessage {
    public static let schema = WireSchema(countertop__v1__customer__init)

    /// Opaque and stable; safe to log.
    public var id: String = ""
    /// The company (chain or brand) the customer belongs to.
    public var company: String = ""
    /// The name staff see.
    public var name: String = ""
    /// The only part of the name a customer display shows.
    public var firstName: String = ""
    /// BCP 47 language of the customer, empty when unknown.
    public var language: String = ""
    /// Everything the customer is recognised by.
    public var identifiers: [Identifier] = []
    /// The groups the customer belongs to.
    public var groups: [Group] = []
    /// What the groups and personal terms give.
    public var loyalty: Loyalty?
    /// What the customer allows.
    public var permissions: [Permission] = []

    public init() {}

    public init(
        id: String = "", company: String = "", name: String = "", firstName: String = "", language: String = "",
        identifiers: [Identifier] = [], groups: [Group] = [], loyalty: Loyalty? = nil, permissions: [Permission] = []
    ) {
        self.id = id
        self.company = company
        self.name = name
        self.firstName = firstName
        self.language = language
        self.identifiers = identifiers
        self.groups = groups
        self.loyalty = loyalty
        self.permissions = permissions
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "id", &id)
        fields.field(2, "company", &company)
        fields.field(3, "name", &name)
        fields.field(4, "first_name", &firstName)
        fields.field(5, "language", &language)
        fields.field(6, "identifiers", &identifiers)
        fields.field(7, "groups", &groups)
        fields.field(8, "loyalty", &loyalty)
        fields.field(9, "permissions", &permissions)
    }
}
