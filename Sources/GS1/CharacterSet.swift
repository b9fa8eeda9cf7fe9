/// The characters a component may have (GS1 General Specifications, section 7.11).
enum CharacterSet: Character, Sendable {
    case numeric = "N"
    /// GS1 AI encodable character set 82.
    case set82 = "X"
    /// GS1 AI encodable character set 39.
    case set39 = "Y"
    /// GS1 AI encodable character set 64: base64url, with padding.
    case set64 = "Z"

    func contains(_ byte: UInt8) -> Bool {
        switch self {
        case .numeric: byte.isDigit
        case .set82: Self.position82(of: byte) != nil
        case .set39: byte.isDigit || (0x41...0x5A).contains(byte) || "#-/".utf8.contains(byte)
        case .set64: byte.isDigit || (0x41...0x5A).contains(byte & 0xDF) || "-_=".utf8.contains(byte)
        }
    }

    /// The place of a character in the table of set 82, from 0, which is its weight in a check pair.
    static func position82(of byte: UInt8) -> Int? { positions82[Int(byte)] }

    private static let positions82: [Int?] = {
        var positions = [Int?](repeating: nil, count: 256)
        let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z"))
        let digits = (UInt8(ascii: "0")...UInt8(ascii: "9"))
        let order =
            Array("!\"%&'()*+,-./".utf8) + Array(digits) + Array(":;<=>?".utf8) + Array(letters) + Array("_".utf8)
            + letters.map { $0 | 0x20 }
        for (place, byte) in order.enumerated() { positions[Int(byte)] = place }
        return positions
    }()
}
