import GS1

/// What tells a payment card, so that its bytes are dropped before anything is written down.
package enum PaymentCard {
    /// The first six digits of numbers that payment schemes issue, and the lengths they have (ISO/IEC 7812-1; the
    /// schemes' published ranges). Lengths below 14 are left out: they belong to products.
    private static let issuers: [(first: ClosedRange<Int>, lengths: ClosedRange<Int>)] = [
        (340_000...349_999, 15...15),  // American Express
        (370_000...379_999, 15...15),
        (300_000...305_999, 14...19),  // Diners Club
        (309_500...309_599, 14...19),
        (360_000...369_999, 14...19),
        (380_000...399_999, 14...19),
        (352_800...358_999, 16...19),  // JCB
        (400_000...499_999, 16...19),  // Visa
        (222_100...272_099, 16...16),  // Mastercard
        (510_000...559_999, 16...16),
        (220_000...220_499, 16...19),  // Mir
        (500_000...509_999, 14...19),  // Maestro, Dankort, Verve, Elo
        (560_000...589_999, 14...19),
        (600_000...699_999, 14...19),  // Maestro, Discover, RuPay, UnionPay
        (810_000...819_999, 16...19),  // UnionPay
        (979_200...979_299, 16...16),  // Troy
    ]

    /// Whether the code is a payment card's, whatever a replica may say of it.
    package static func matches(_ code: LabelCode) -> Bool { isTrack(code.data) || isNumber(code) }

    /// Whether it is the content of a magnetic stripe (ISO/IEC 7813): track 1 `%B4111...^NAME^2912...` or track 2
    /// `;4111...=2912...`, with or without the sentinels.
    static func isTrack(_ data: [UInt8]) -> Bool {
        // Whoever asks this asks it for every label: most end here.
        guard data.contains(where: { $0 == UInt8(ascii: "^") || $0 == UInt8(ascii: "=") }) else { return false }
        return data.indices.contains { isTrack(data, at: $0) }
    }

    private static func isTrack(_ data: [UInt8], at start: Int) -> Bool {
        guard start == 0 || !isDigit(data[start - 1]), isDigit(data[start]) else { return false }
        // Some readers put a space into the number of track 1.
        let number = data[start...].prefix { isDigit($0) || $0 == UInt8(ascii: " ") }
        guard (12...19).contains(number.count(where: isDigit)), number.endIndex < data.count else { return false }
        let rest = data[(number.endIndex + 1)...]
        switch data[number.endIndex] {
        case UInt8(ascii: "="): return isFramed(data, start, by: ";") && rest.prefix { isDigit($0) }.count >= 4
        case UInt8(ascii: "^"): return start > 0 && data[start - 1] | 0x20 == UInt8(ascii: "b")
        default: return false
        }
    }

    /// Whether a track begins here: at the start, or behind its sentinel.
    private static func isFramed(_ data: [UInt8], _ start: Int, by sentinel: Unicode.Scalar) -> Bool {
        start == 0 || data[start - 1] == UInt8(ascii: sentinel)
    }

    /// Whether it is a card's number: 14 to 19 digits of a known issuer with the right check digit (ISO/IEC 7812-1,
    /// annex B), typed or read from a label whose symbology holds no GTIN, and no number of GS1's.
    static func isNumber(_ code: LabelCode) -> Bool {
        guard code.family == .none || code.family == .other, code.gtin14 == nil, code.data.count <= 37 else {
            return false
        }
        let digits = code.data.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
        guard (14...19).contains(digits.count), digits.allSatisfy(isDigit), isLuhn(digits) else { return false }
        guard GTIN(digits: digits) == nil, !ElementString.isProven(digits) else { return false }
        let first = digits.prefix(6).reduce(0) { $0 * 10 + Int($1 & 15) }
        return issuers.contains { $0.first.contains(first) && $0.lengths.contains(digits.count) }
    }

    static func isLuhn(_ digits: [UInt8]) -> Bool {
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            let value = Int(digit & 15) * (index.isMultiple(of: 2) ? 1 : 2)
            sum += value > 9 ? value - 9 : value
        }
        return sum.isMultiple(of: 10)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
