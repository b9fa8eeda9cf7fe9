import Storage

/// A customer's opaque id: 16 bytes in the file, 26 characters outside, in Crockford's base 32
/// (https://www.crockford.com/base32.html).
struct CustomerID: Sendable, Hashable {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    let digest: BlindIndex

    init(_ digest: BlindIndex) {
        self.digest = digest
    }

    /// - Parameter bytes: 16 of them; others are nobody's.
    init(bytes: [UInt8]) {
        digest = bytes.withUnsafeBytes { BlindIndex($0) }
    }

    var bytes: [UInt8] { digest.bytes }

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
        self.init(bytes: bytes)
    }

    var text: String {
        String(unsafeUninitializedCapacity: 26) { characters in
            // 130 bits, of which the last two are none of the id's.
            var (high, low) = (digest.high, digest.low)
            let alphabet = Self.alphabet
            for place in 0..<26 {
                characters[place] = alphabet[Int(high >> 59)]
                (high, low) = (high << 5 | low >> 59, low << 5)
            }
            return 26
        }
    }
}
