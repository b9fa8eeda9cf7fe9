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

    public init() {}

    public init(
        kind: ResolutionKind = .unspecified, identifierType: IdentifierType = .unspecified, customer: Customer? = nil,
        candidates: [Customer] = [], gtin: String = "", provenance: Provenance? = nil
    ) {
        self.kind = kind
        self.identifierType = identifierType
        self.customer = customer
        self.candidates = candidates
        self.gtin = gtin
        self.provenance = provenance
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "kind", &kind)
        fields.field(2, "identifier_type", &identifierType)
        fields.field(3, "customer", &customer)
        fields.field(4, "candidates", &candidates)
        fields.field(5, "gtin", &gtin)
        fields.field(6, "provenance", &provenance)
    }
}
