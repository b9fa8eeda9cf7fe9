/// A whole number as JSON writes it.
enum JSONInteger {
    /// The number in a JSON number's digits (1, -7, 1.0, 12e2), or in a text's (-7); `nil` when it is not whole or too large.
    static func read<Integer: FixedWidthInteger>(_ value: JSONValue) -> Integer? {
        switch value {
        case .string(let text):
            guard text.utf8.first != UInt8(ascii: "+") else { return nil }
            return Integer(text)
        case .number(let text): return Integer(text) ?? whole(text)
        default: return nil
        }
    }

    /// A number with a fraction or an exponent that is whole after all.
    private static func whole<Integer: FixedWidthInteger>(_ text: String) -> Integer? {
        let parts = text.split(whereSeparator: { $0 == "e" || $0 == "E" })
        guard let mantissa = parts.first, let exponent = parts.count > 1 ? Int(parts[1]) : 0 else { return nil }
        let halves = mantissa.split(separator: ".")
        var digits = halves.joined()
        let (shift, isBeyond) = (halves.count > 1 ? halves[1].count : 0).subtractingReportingOverflow(exponent)
        guard !isBeyond else { return isZero(digits) ? 0 : nil }
        // Twenty digits are more than any number of 64 bits has.
        guard (-20...JSONLimits.textBytesMax).contains(shift) else { return isZero(digits) ? 0 : nil }
        if shift <= 0 { return Integer(digits + String(repeating: "0", count: -shift)) }
        guard digits.suffix(shift).allSatisfy({ $0 == "0" || $0 == "-" }) else { return nil }
        digits.removeLast(min(shift, digits.count))
        return digits.isEmpty || digits == "-" ? 0 : Integer(digits)
    }

    private static func isZero(_ digits: String) -> Bool {
        digits.allSatisfy { $0 == "0" || $0 == "-" }
    }
}
