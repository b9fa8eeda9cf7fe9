import GS1

/// A product's number in a code, in any of the ways it is written.
enum ProductCode {
    /// - Returns: `nil` for a code that holds no product number, or one that shops give to their own cards and scales.
    static func gtin14(in code: LabelCode) -> String? {
        let number = number(in: code)
        guard let number, !number.isRestricted else { return nil }
        return number.digits14
    }

    /// The number that shops give to their own cards, scales and articles (GS1 prefixes 02, 04 and 2).
    /// - Returns: `nil` for a code without one.
    static func shopNumber(in code: LabelCode) -> String? {
        let number = number(in: code)
        guard let number, number.isRestricted else { return nil }
        return number.digits14
    }

    private static func number(in code: LabelCode) -> GTIN? {
        if let given = code.gtin14 { return GTIN(digits: Array(given.utf8)) }
        switch code.family {
        case .gs1: return ElementString.gtin(in: code.data) ?? DigitalLink.elements(of: code.data)?.gtin
        case .eanUPC: return GTIN(digits: code.data)
        case .none, .other:
            if code.data.contains(ElementReader.separator) { return ElementString.gtin(in: code.data) }
            if code.family == .none, let number = GTIN(digits: code.data) { return number }
            return DigitalLink.elements(of: code.data)?.gtin
        }
    }
}

extension LabelCode {
    /// By what a card with this code is known: its bytes, and where it is printed as EAN or UPC the number in every length.
    package var cardKeys: [[UInt8]] {
        let number = gtin14 ?? (family == .gs1 ? nil : GTIN(digits: data)?.digits14)
        return [data] + (number.map { [Array("gtin \($0)".utf8)] } ?? [])
    }

    /// A number that shops give themselves, as 14 digits: what it stands for only the shop knows. `nil` for a code without one.
    package var shopNumber: String? { ProductCode.shopNumber(in: self) }
}
