@testable import GS1

/// What must hold for any bytes at all.
enum GS1Properties {
    /// - Returns: what is wrong, `nil` when nothing is.
    static func codeHolds(_ bytes: [UInt8]) -> String? {
        let string = ElementString(bytes)
        guard string.elements.count <= GS1Limits.elementsMax else { return "too many elements" }
        let taken = string.elements.reduce(0) { $0 + $1.identifier.digits.utf8.count + $1.value.count }
        guard taken <= bytes.count else { return "more bytes in the elements than in the code" }
        let isWhole = !string.errors.contains { $0.code == .unknownIdentifier || $0.code == .tooManyElements }
        let separators = bytes.count { $0 == ElementReader.separator }
        if isWhole, taken + separators != bytes.count { return "bytes that are in no element" }
        if let gtin = ElementString.gtin(in: bytes), gtin.digits14.utf8.count != 14 {
            return "a GTIN of another length"
        }
        if ElementString.isProven(bytes), !CheckDigit.holds(string.elements[0].value) {
            return "a proof without a check"
        }
        return linkHolds(bytes) ?? upcHolds(bytes)
    }

    private static func linkHolds(_ bytes: [UInt8]) -> String? {
        for address in [bytes, Array("https://a/01/".utf8) + bytes] {
            guard let link = DigitalLink.elements(of: address) else { continue }
            guard let key = link.elements.first, key.identifier.linkQualifiers != nil else {
                return "a link without a key"
            }
            guard link.elements.count <= GS1Limits.elementsMax + 4 else { return "too many elements of a link" }
        }
        return nil
    }

    private static func upcHolds(_ bytes: [UInt8]) -> String? {
        guard let number = GTIN(upcE: bytes) else { return nil }
        return CheckDigit.holds(Array(number.digits14.utf8)) ? nil : "a widened UPC-E with a wrong check digit"
    }
}
