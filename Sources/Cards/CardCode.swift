import Crypto
import Foundation

/// What a card's code holds: `CT1`, 128 random bits in Crockford's base 32 (https://www.crockford.com/base32.html), and two
/// characters that check them. Digits and capital letters alone, so that every symbology and keyboard layout carries it, and
/// nothing of the customer.
package struct CardCode: Sendable, Hashable {
    package static let prefix = "CT1"
    static let byteCount = 16
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let characters = 3 + 26 + 2

    /// The random bits.
    let secret: [UInt8]

    /// A new card's.
    package init() {
        var generator = SystemRandomNumberGenerator()
        secret = (0..<Self.byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// - Returns: `nil` unless there are 16 bytes.
    init?(secret: [UInt8]) {
        guard secret.count == Self.byteCount else { return nil }
        self.secret = secret
    }

    /// Reads a scanned or typed code. Small letters count as capital ones.
    /// - Returns: `nil` for any other code, and for one with a wrong character in it.
    package init?(_ code: some Sequence<UInt8>) {
        let text = code.prefix(Self.characters + 1).map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }
        guard text.count == Self.characters, text.starts(with: Self.prefix.utf8) else { return nil }
        guard let secret = Self.decode(text[3..<29]), let read = CardCode(secret: secret) else { return nil }
        guard Array(read.text.utf8) == text else { return nil }
        self = read
    }

    /// Reads a card's public id, which has the same alphabet and no check.
    init?(id: some Sequence<UInt8>) {
        let digits = Array(id.prefix(27))
        guard digits.count == 26, let secret = Self.decode(digits), let read = CardCode(secret: secret) else {
            return nil
        }
        guard Array(Self.encode(secret).utf8) == digits else { return nil }
        self = read
    }

    /// The code as it is printed and scanned.
    package var text: String {
        let digits = Self.encode(secret)
        let digest = SHA256.hash(data: Data("\(Self.prefix)\(digits)".utf8))
        let check = digest.prefix(2).map { Self.alphabet[Int($0 & 31)] }
        return Self.prefix + digits + String(decoding: check, as: UTF8.self)
    }

    /// The number of the card's pass, on every host the same: a digest of the code, which opens nothing.
    package var serial: String {
        Self.encode(Array(SHA256.hash(data: Data("pass \(text)".utf8)).prefix(Self.byteCount)))
    }

    static func encode(_ bytes: [UInt8]) -> String {
        var (buffer, count): (UInt32, UInt32) = (0, 0)
        var digits: [UInt8] = []
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                digits.append(alphabet[Int(buffer >> count & 31)])
            }
        }
        if count > 0 { digits.append(alphabet[Int(buffer << (5 - count) & 31)]) }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func decode(_ digits: some Sequence<UInt8>) -> [UInt8]? {
        var (buffer, count): (UInt32, UInt32) = (0, 0)
        var bytes: [UInt8] = []
        for digit in digits {
            guard let value = alphabet.firstIndex(of: digit) else { return nil }
            buffer = buffer << 5 | UInt32(value)
            count += 5
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: buffer >> count))
        }
        return bytes
    }
}
