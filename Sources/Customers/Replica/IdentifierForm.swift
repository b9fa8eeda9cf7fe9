import GS1

/// An identifier as it is compared.
struct IdentifierForm: Sendable, Hashable {
    /// What kind of value is compared. Cards of both types share one, so that one look finds either.
    enum Kind: Sendable {
        case card, gtin, phone, email, externalID
    }

    let kind: Kind
    let type: IdentifierType
    let value: [UInt8]

    /// The number in the file: the type's own, and 10 more for a card's product number form.
    var column: Int64 { Int64(type.rawValue) + (kind == .gtin ? 10 : 0) }

    /// Whether several customers may have it. A product number form is shared by cards that are written differently.
    var isShared: Bool { type.isShared || kind == .gtin }

    /// The type behind a number in the file.
    static func type(column: Int64) -> IdentifierType? {
        IdentifierType(rawValue: Int(column > 10 ? column - 10 : column))
    }

    /// The forms of an identifier: the value itself, and for a card that could be printed as EAN or UPC the number as
    /// 14 digits.
    /// - Returns: nothing for a value that cannot be one of its type.
    static func forms(of identifier: Identifier, region: PhoneRegion) -> [IdentifierForm] {
        let (type, value) = (identifier.type, identifier.value)
        guard !value.isEmpty, value.utf8.count <= CustomersLimits.identifierBytesMax else { return [] }
        let bytes = Array(value.utf8)
        switch type {
        case .customerCard, .linkedCard:
            let exact = IdentifierForm(kind: .card, type: type, value: bytes)
            guard let gtin = GTIN(digits: bytes) else { return [exact] }
            return [exact, IdentifierForm(kind: .gtin, type: type, value: Array(gtin.digits14.utf8))]
        case .phone:
            guard let number = PhoneNumber(value, region: region) else { return [] }
            return [IdentifierForm(kind: .phone, type: type, value: Array(number.e164.utf8))]
        case .email:
            guard let address = EmailAddress(value) else { return [] }
            return [IdentifierForm(kind: .email, type: type, value: Array(address.folded.utf8))]
        case .externalID: return [IdentifierForm(kind: .externalID, type: type, value: bytes)]
        case .vippsPersonalQR: return []
        }
    }
}

extension Identifier {
    /// Whether the value can be one of its type, in a store of this region. One that cannot be is left out of the copy.
    package func isUnderstood(in region: PhoneRegion) -> Bool {
        !IdentifierForm.forms(of: self, region: region).isEmpty
    }
}
