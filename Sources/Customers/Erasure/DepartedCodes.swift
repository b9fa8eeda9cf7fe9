import GS1

/// Tells the codes of customers who are gone, however they were written on a label or typed.
package struct DepartedCodes: Sendable {
    private let forms: Set<IdentifierForm>
    private let region: PhoneRegion
    private let patterns: [IdentifierPattern]

    /// - Parameter patterns: kinds of code that the store describes itself.
    package init(
        _ identifiers: some Sequence<Identifier>, region: PhoneRegion, patterns: [IdentifierPattern] = []
    ) {
        self.region = region
        self.patterns = patterns
        forms = Set(identifiers.flatMap { IdentifierForm.forms(of: $0, region: region).map(\.compared) })
    }

    package var isEmpty: Bool { forms.isEmpty }

    /// Whether a code is one of theirs.
    package func contains(_ code: LabelCode) -> Bool {
        let value = code.data
        guard !value.isEmpty, value.count <= CustomersLimits.codeBytesMax else { return false }
        if holds(.card, value) || holds(.externalID, value) { return true }
        if let gtin = code.gtin14 ?? GTIN(digits: value)?.digits14, holds(.gtin, Array(gtin.utf8)) { return true }
        if case .phone(let e164) = VippsCode(value), holds(.phone, Array(e164.utf8)) { return true }
        guard value.count <= CustomersLimits.identifierBytesMax else { return false }
        for identifier in patterns.compactMap({ $0.identifier(in: value) }) {
            let own = IdentifierForm.forms(of: identifier, region: region)
            if own.contains(where: { forms.contains($0.compared) }) { return true }
        }
        let text = String(decoding: value, as: UTF8.self)
        if let number = PhoneNumber(text, region: region), holds(.phone, Array(number.e164.utf8)) { return true }
        return EmailAddress(text).map { holds(.email, Array($0.folded.utf8)) } ?? false
    }

    private func holds(_ kind: IdentifierForm.Kind, _ value: [UInt8]) -> Bool {
        forms.contains(IdentifierForm(kind: kind, type: .customerCard, value: value))
    }
}

extension IdentifierForm {
    /// The form without its type, which a code does not tell.
    fileprivate var compared: IdentifierForm { IdentifierForm(kind: kind, type: .customerCard, value: value) }
}
