/// A product number with a right check digit, in any of its four lengths (GS1 General Specifications, section 3.3.2 and
/// section 7.9).
struct GTIN: Sendable, Equatable {
    /// The number as 14 digits, so that the same product compares equal however it is printed.
    let digits14: String

    /// - Parameter digits: 8, 12, 13 or 14 digits in ASCII.
    /// - Returns: `nil` for another length, another character or a wrong check digit.
    init?(digits: some Collection<UInt8>) {
        switch digits.count {
        case 8, 12, 13, 14: break
        default: return nil
        }
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }), GTIN.isChecked(digits) else { return nil }
        digits14 = String(repeating: "0", count: 14 - digits.count) + String(decoding: digits, as: UTF8.self)
    }

    /// Weights 3 and 1 in turn from the digit before the check digit.
    static func isChecked(_ digits: some Collection<UInt8>) -> Bool {
        var sum = 0
        var weight = digits.count.isMultiple(of: 2) ? 3 : 1
        for digit in digits {
            sum += Int(digit & 15) * weight
            weight = 4 - weight
        }
        return sum.isMultiple(of: 10)
    }

    /// Whether the number is one a shop gives to its own cards and scales: 02, 04 and 2 (GS1 General Specifications,
    /// section 1.4.2), for 8 digits 0 and 2 (section 1.4.3).
    var isRestricted: Bool {
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
