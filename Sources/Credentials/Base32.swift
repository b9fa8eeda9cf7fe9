/// Bytes as text that a person reads aloud and types: Crockford's base 32
/// (https://www.crockford.com/base32.html), whose alphabet leaves out I, L, O and U.
enum Base32 {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// - Parameter bytes: a multiple of five, so that no bits are left over.
    static func text(_ bytes: [UInt8]) -> String {
        precondition(bytes.count.isMultiple(of: 5), "Five bytes are eight characters")
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 5) {
            let bits = bytes[start..<start + 5].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            for shift in stride(from: 35, through: 0, by: -5) { text.append(alphabet[Int(bits >> UInt64(shift) & 31)]) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text. Lower case counts as upper case, O as 0, I and L as 1; spaces and dashes do not count.
    /// - Returns: `nil` when anything else is in it, or it is not a whole number of five bytes.
    static func bytes(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt64 = 0
        var count = 0
        for character in text where !isSeparator(character) {
            guard let value = value(character) else { return nil }
            bits = bits << 5 | UInt64(value)
            count += 1
            guard count == 8 else { continue }
            for shift in stride(from: 32, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
            }
            (bits, count) = (0, 0)
        }
        return count == 0 ? bytes : nil
    }

    private static func isSeparator(_ character: UInt8) -> Bool {
        character == UInt8(ascii: " ") || character == UInt8(ascii: "-")
    }

    private static func value(_ character: UInt8) -> Int? {
        let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(character)
        switch isLower ? character - 32 : character {
        case UInt8(ascii: "O"): return 0
        case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
        case let upper: return alphabet.firstIndex(of: upper)
        }
    }
}
