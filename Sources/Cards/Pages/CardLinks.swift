import Crypto
package import Foundation

/// The links that are sent with a card: signed, and good for ``CardsLimits/linkDays`` days of the store's clock. A link holds the card's code and
/// its end, and nothing of the customer, so whoever has the key can show the card without asking anybody.
package struct CardLinks: Sendable {
    /// What a link opens.
    package enum Kind: String, Sendable, CaseIterable {
        /// The card on a page.
        case page = "c"
        /// The card to print.
        case pdf = "p"
        /// The pass for Apple Wallet.
        case pass = "w"
    }

    /// What a token turned out to be.
    package enum Finding: Sendable, Equatable {
        case good(CardCode, until: Date)
        /// It was one of ours, until then.
        case expired(at: Date)
        /// Nobody with this key made it.
        case foreign
    }

    private static let version: UInt8 = 1
    private static let payloadBytes = 1 + 4 + CardCode.byteCount
    private static let macBytes = 16
    private static let domain = Array("countertop card link".utf8)

    /// Where the pages are: `https://cards.example`, without a slash at the end.
    package let base: String
    private let key: LinkKey
    private let zone: TimeZone

    /// - Parameter zone: the store's, whose days are counted.
    package init(base: String, key: LinkKey, zone: TimeZone) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.key = key
        self.zone = zone
    }

    /// A link of that kind, good from `now` on.
    package func link(_ kind: Kind, to code: CardCode, now: Date) -> String {
        let until = StoreDays(CardsLimits.linkDays).end(from: now, in: zone)
        return link(kind, token: token(for: code, until: until))
    }

    func link(_ kind: Kind, token: String) -> String { "\(base)/\(kind.rawValue)/\(token)" }

    func token(for code: CardCode, until: Date) -> String {
        let end = UInt32(clamping: Int64(until.timeIntervalSince1970))
        let payload = [Self.version] + (0..<4).map { UInt8(truncatingIfNeeded: end >> (24 - 8 * $0)) } + code.secret
        return Self.base64URL(payload + mac(payload))
    }

    /// Reads a token that somebody came with.
    package func read(_ token: String, now: Date) -> Finding {
        guard token.utf8.count <= CardsLimits.tokenBytesMax, let bytes = Self.bytes(base64URL: token),
            bytes.count == Self.payloadBytes + Self.macBytes
        else { return .foreign }
        let payload = Array(bytes.prefix(Self.payloadBytes))
        guard Self.isEqual(mac(payload), Array(bytes.dropFirst(Self.payloadBytes))), payload[0] == Self.version,
            let code = CardCode(secret: Array(payload.suffix(CardCode.byteCount)))
        else { return .foreign }
        let end = payload[1..<5].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let until = Date(timeIntervalSince1970: TimeInterval(end))
        return now < until ? .good(code, until: until) : .expired(at: until)
    }

    private func mac(_ payload: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Self.domain + payload, using: key.key).prefix(Self.macBytes))
    }

    /// Compares in a time that tells nothing of where two codes differ.
    private static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Base 64 for addresses, without padding (RFC 4648, section 5).
    static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func bytes(base64URL text: String) -> [UInt8]? {
        guard text.utf8.allSatisfy({ isDigit($0) }) else { return nil }
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padded = plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded), base64URL(data) == text else { return nil }
        return Array(data)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
