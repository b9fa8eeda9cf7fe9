import Credentials
import Crypto
import Foundation

/// The key under which links to cards are signed. Whoever shows the pages has the same one: the edge, or a host of the
/// chain's.
package struct LinkKey: Sendable {
    static let byteCount = 32

    let key: SymmetricKey

    init(bytes: [UInt8]) {
        key = SymmetricKey(data: bytes)
    }

    /// Reads the key's file, or makes it: 64 hexadecimal digits, for its owner alone.
    /// - Throws: ``CardsError`` `settingsWrong`.
    package static func loadOrCreate(at path: String) throws(CardsError) -> LinkKey {
        if let key = try load(from: path) { return key }
        let bytes = (0..<byteCount).map { _ in UInt8.random(in: .min ... .max) }
        do {
            try SecretFile.write(Array((hexadecimal(bytes) + "\n").utf8), to: path)
        } catch {
            throw CardsError(.settingsWrong, error.message, cause: error.cause)
        }
        return LinkKey(bytes: bytes)
    }

    /// - Returns: `nil` when there is no file.
    package static func load(from path: String) throws(CardsError) -> LinkKey? {
        let contents: [UInt8]?
        do {
            contents = try SecretFile.read(path)
        } catch {
            throw CardsError(.settingsWrong, error.message, cause: error.cause)
        }
        guard let contents else { return nil }
        let digits = contents.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }
        let values = digits.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == 2 * byteCount, values.count == digits.count else {
            throw CardsError(
                .settingsWrong,
                "\(path) is no key of card links: it holds \(2 * byteCount) hexadecimal digits. Put the right file back, "
                    + "or remove it; links that were sent already are not good any more then.")
        }
        return LinkKey(
            bytes: stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) })
    }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
