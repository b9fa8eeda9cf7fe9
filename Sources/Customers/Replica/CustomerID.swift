/// A customer's opaque id: 16 bytes in the file, 26 characters outside, in Crockford's base 32
/// (https://www.crockford.com/base32.html).
struct CustomerID: Sendable, Hashable {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    let bytes: [UInt8]

    /// - Parameter bytes: 16 of them; others are nobody's.
    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// - Returns: `nil` for a text that is no id.
    init?(_ text: String) {
        let characters = text.utf8
        guard characters.count == 26 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(17)
        var bits: UInt32 = 0
        var count = 0
        for character in characters {
            guard let value = CustomerID.alphabet.firstIndex(of: character) else { return nil }
            bits = bits << 5 | UInt32(value)
            count += 5
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        guard bits & ((1 << UInt32(count)) - 1) == 0 else { return nil }
        self.bytes = bytes
    }

    var text: String {
        String(unsafeUninitializedCapacity: 26) { characters in
            var bits: UInt32 = 0
            var count: UInt32 = 0
            var place = 0
            for byte in bytes.prefix(16) {
                bits = bits << 8 | UInt32(byte)
                count += 8
                while count >= 5 {
                    count -= 5
                    characters[place] = CustomerID.alphabet[Int(bits >> count & 31)]
                    place += 1
                }
            }
            if count > 0, place < 26 {
                characters[place] = CustomerID.alphabet[Int(bits << (5 - count) & 31)]
                place += 1
            }
            return place
        }
    }
}
