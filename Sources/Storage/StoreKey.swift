package import Crypto
import Foundation

/// The secret under which everything personal in the edge's files is sealed: 32 random bytes and the number of its
/// generation.
///
/// Its file holds one line, `countertop-key GENERATION HEX`, and nobody but its owner may read or write it. Whoever
/// loses it loses what was sealed under it.
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

    /// Reads the key, and makes it where there is none yet.
    /// - Parameter path: the key file.
    /// - Throws: ``StorageError`` when the file cannot be read or made, does not hold a key, or is open to others.
    package static func loadOrCreate(at path: String) throws(StorageError) -> StoreKey {
        if let key = try load(at: path) { return key }
        let fresh = StoreKey(secret: SymmetricKey(size: .bits256), generation: 1)
        if try fresh.write(to: path) { return fresh }
        // Another process made the file in the meantime: its key is the one.
        guard let key = try load(at: path) else {
            throw StorageError(.keyMissing, "The key file \(path) vanished while it was read. Start again.")
        }
        return key
    }

    /// The line of a key file.
    var line: String {
        let hex = secret.withUnsafeBytes { $0.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) } }
        return "\(StoreKey.magic) \(generation) \(hex.joined())\n"
    }

    /// - Returns: `nil` when the line is none of a key file.
    init?(line: String) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == StoreKey.magic, words[2].last == "\n",
            let generation = UInt8(words[1]), generation > 0
        else { return nil }
        let digits = words[2].dropLast().utf8.map { UInt8($0) }
        guard digits.count == StoreKey.secretBytes * 2 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = StoreKey.nibble(digits[index]), let low = StoreKey.nibble(digits[index + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        self.init(secret: SymmetricKey(data: bytes), generation: generation)
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
