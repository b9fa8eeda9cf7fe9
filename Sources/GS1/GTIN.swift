/// A product number with a right check digit, in any of its four lengths (GS1 General Specifications, section 3.3.2 and
/// section 7.9).
package struct GTIN: Sendable, Equatable {
    /// The number as 14 digits, so that the same product compares equal however it is printed.
    package let digits14: String

    /// - Parameter digits: 8, 12, 13 or 14 digits in ASCII.
    /// - Returns: `nil` for another length, another character or a wrong check digit.
    package init?(digits: some Collection<UInt8>) {
        switch digits.count {
        case 8, 12, 13, 14: break
        default: return nil
        }
        guard digits.allSatisfy(\.isDigit), CheckDigit.holds(digits) else { return nil }
        digits14 = String(repeating: "0", count: 14 - digits.count) + String(decoding: digits, as: UTF8.self)
    }

    /// Whether the number is one a shop gives to its own cards and scales: 02, 04 and 2 (GS1 General Specifications,
    /// section 1.4.2), for 8 digits 0 and 2 (section 1.4.3).
    package var isRestricted: Bool {
        let digits = Array(digits14.utf8)
        let isShort = digits.prefix(6).allSatisfy { $0 == UInt8(ascii: "0") }
        let (first, second) = isShort ? (digits[6], digits[7]) : (digits[1], digits[2])
        switch (first, second) {
        case (UInt8(ascii: "2"), _): return true
        case (UInt8(ascii: "0"), _) where isShort: return true
        case (UInt8(ascii: "0"), UInt8(ascii: "2")), (UInt8(ascii: "0"), UInt8(ascii: "4")): return true
        default: return false
        }
    }
}
