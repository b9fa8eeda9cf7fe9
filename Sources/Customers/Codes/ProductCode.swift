/// A product's number in a code, in any of the ways it is written.
enum ProductCode {
    /// - Returns: `nil` for a code that holds no product number, or one that shops give to their own cards and scales.
    static func gtin14(in code: LabelCode) -> String? {
        let number = number(in: code)
        guard let number, !number.isRestricted else { return nil }
        return number.digits14
    }

    private static func number(in code: LabelCode) -> GTIN? {
        if let given = code.gtin14 { return GTIN(digits: Array(given.utf8)) }
        switch code.family {
        case .gs1: return ElementString.gtin(in: code.data) ?? digitalLink(code.data)
        case .eanUPC: return GTIN(digits: code.data)
        case .none, .other:
            if code.data.contains(ElementString.separator) { return ElementString.gtin(in: code.data) }
            if code.family == .none, let number = GTIN(digits: code.data) { return number }
            return digitalLink(code.data)
        }
    }

    /// GS1 Digital Link: `https://HOST/.../01/GTIN/...` (GS1 Digital Link Standard: URI Syntax, section 4).
    private static func digitalLink(_ data: [UInt8]) -> GTIN? {
        guard let link = Link(data), let key = link.path.firstIndex(of: "01"), key + 1 < link.path.count else {
            return nil
        }
        return GTIN(digits: Array(link.path[key + 1].utf8))
    }
}
