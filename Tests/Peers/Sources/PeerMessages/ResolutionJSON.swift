/// A question as JSON.
public struct ResolveRequestJSON: Codable, Sendable {
    public var code: String
}

/// The same answer as JSON, with the fields that a customer's answer has.
public struct ResolutionJSON: Codable, Sendable {
    public struct Identifier: Codable, Sendable {
        public var type: Int
        public var value: String
    }

    public struct Group: Codable, Sendable {
        public var id, name: String
    }

    public struct Loyalty: Codable, Sendable {
        public var discountBasisPoints: UInt32
        public var bonusesHundredths: Int64
        public var cashbackBasisPoints: UInt32
    }

    public struct Permission: Codable, Sendable {
        public var name: String
        public var granted: Bool
        public var consentText: String
        public var changedAtUnixMs: Int64
    }

    public struct Customer: Codable, Sendable {
        public var id, company, name, firstName, language: String
        public var identifiers: [Identifier]
        public var groups: [Group]
        public var loyalty: Loyalty
        public var permissions: [Permission]
    }

    public struct Provenance: Codable, Sendable {
        public var source: String
        public var ageMs: UInt64
        public var complete: Bool
    }

    public var kind: Int
    public var identifierType: Int
    public var customer: Customer
    public var provenance: Provenance

    public init(_ resolution: Countertop_V1_Resolution) {
        let found = resolution.customer
        kind = resolution.kind.rawValue
        identifierType = resolution.identifierType.rawValue
        customer = Customer(
            id: found.id, company: found.company, name: found.name, firstName: found.firstName,
            language: found.language,
            identifiers: found.identifiers.map { Identifier(type: $0.type.rawValue, value: $0.value) },
            groups: found.groups.map { Group(id: $0.id, name: $0.name) },
            loyalty: Loyalty(
                discountBasisPoints: found.loyalty.discountBasisPoints,
                bonusesHundredths: found.loyalty.bonusesHundredths,
                cashbackBasisPoints: found.loyalty.cashbackBasisPoints),
            permissions: found.permissions.map {
                Permission(
                    name: $0.name, granted: $0.granted, consentText: $0.consentText,
                    changedAtUnixMs: $0.changedAtUnixMs)
            })
        let origin = resolution.provenance
        provenance = Provenance(source: origin.source, ageMs: origin.ageMs, complete: origin.complete)
    }
}
