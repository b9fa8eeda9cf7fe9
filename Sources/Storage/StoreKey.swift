package import Crypto
import Foundation

/// The secret under which everything personal in the edge's files is sealed: 32 random bytes and the number of its
/// generation.
///
/// In a key file it is a line, `countertop-key GENERATION HEX`; see ``StoreKeys``. Whoever loses it loses what was sealed
/// under it.
package struct StoreKey: Sendable {
    /// The length of the secret.
    static let secretBytes = 32
    /// The word a key file begins with.
    static let magic = "countertop-key"

    /// The secret itself.
    let secret: SymmetricKey
    /// Which of an edge's keys this is, from 1; it stands in front of every value sealed under it.
    package let generation: UInt8

    package init(secret: SymmetricKey, generation: UInt8) {
        self.secret = secret
        self.generation = generation
    }

    /// The present key of a file, which is made where there is none yet; see ``StoreKeys/loadOrCreate(at:)``.
    package static func loadOrCreate(at path: String) throws(StorageError) -> StoreKey {
        try StoreKeys.loadOrCreate(at: path).present
    }

    /// Whether it is this very key. Takes as long whatever differs.
    func isSame(as other: StoreKey) -> Bool { secret == other.secret && generation == other.generation }

    /// The line of a key file.
    var line: String { "\(StoreKey.magic) \(generation) \(StoreKey.hex(secret))\n" }

    /// - Parameter line: without what ends it.
    /// - Returns: `nil` when the line is none of a key.
    init?(line: Substring) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == StoreKey.magic, let generation = UInt8(words[1]), generation > 0,
            let secret = StoreKey.secret(hex: words[2])
        else { return nil }
        self.init(secret: secret, generation: generation)
    }

    static func hex(_ secret: SymmetricKey) -> String {
        secret.withUnsafeBytes { $0.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) } }.joined()
    }

    /// - Returns: `nil` for anything but the hexadecimal digits, small letters, of a secret.
    static func secret(hex: Substring) -> SymmetricKey? {
        let digits = Array(hex.utf8)
        guard digits.count == StoreKey.secretBytes * 2 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = StoreKey.nibble(digits[index]), let low = StoreKey.nibble(digits[index + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return SymmetricKey(data: bytes)
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
