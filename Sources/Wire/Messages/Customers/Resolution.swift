import CCountertopProtos

/// What a code or identifier turned out to be.
public struct Resolution: WireMessage {
    public static let schema = WireSchema(countertop__v1__resolution__init)

    /// What was found.
    public var kind: ResolutionKind = .unspecified
    /// What the code is taken for; unspecified for a product or an unknown code.
    public var identifierType: IdentifierType = .unspecified
    /// The customer, when there is exactly one.
    public var customer: Customer?
    /// The customers that share the identifier, when there are several.
    public var candidates: [Customer] = []
    /// 14 digits, for a product.
    public var gtin: String = ""
    /// Where the answer comes from and how old it is.
    public var provenance: Provenance?
    /// Whether only the code itself says whose it is, as a clear-text code of Vipps MobilePay does: anybody can write one. Fit
    /// for a greeting; not for what costs money.
    public var unconfirmed: Bool = false

    public init() {}

    public init(
        kind: ResolutionKind = .unspecified, identifierType: IdentifierType = .unspecified, customer: Customer? = nil,
        candidates: [Customer] = [], gtin: String = "", provenance: Provenance? = nil, unconfirmed: Bool = false
    ) {
        self.kind = kind
        self.identifierType = identifierType
        self.customer = customer
        self.candidates = candidates
        self.gtin = gtin
        self.provenance = provenance
        self.unconfirmed = unconfirmed
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "kind", &kind)
        fields.field(2, "identifier_type", &identifierType)
        fields.field(3, "customer", &customer)
        fields.field(4, "candidates", &candidates)
        fields.field(5, "gtin", &gtin)
        fields.field(6, "provenance", &provenance)
        fields.field(7, "unconfirmed", &unconfirmed)
    }
}
