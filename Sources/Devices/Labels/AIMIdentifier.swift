/// A symbology identifier: "]", a letter for the symbology, a modifier (ISO/IEC 15424).
package struct AIMIdentifier: Hashable, Sendable, CustomStringConvertible {
    /// An ASCII letter; the case matters.
    package let code: UInt8
    /// An ASCII letter or digit.
    package let modifier: UInt8

    /// - Parameter text: three characters, "]E0".
    package init?(_ text: some StringProtocol) {
        var bytes = text.utf8.makeIterator()
        guard bytes.next() == 0x5D, let code = bytes.next(), let modifier = bytes.next(), bytes.next() == nil else {
            return nil
        }
        self.init(code: code, modifier: modifier)
    }

    /// - Parameters: the bytes behind "]".
    package init?(code: UInt8, modifier: UInt8) {
        guard Self.isLetter(code), Self.isLetter(modifier) || (0x30...0x39).contains(modifier) else { return nil }
        self.code = code
        self.modifier = modifier
    }

    package var description: String { String(decoding: [0x5D, code, modifier], as: UTF8.self) }

    /// Whether the data is made of GS1 element strings: FNC1 in the first place, and DataBar always.
    package var isGS1: Bool {
        switch (code, modifier) {
        case ("C", "1"), ("Q", "3"), ("Q", "4"), ("d", "2"), ("d", "5"), ("z", "1"), ("e", _): true
        default: false
        }
    }

    /// What the identifier alone says. "]Z" is data that is no label.
    package var family: Label.Family {
        switch code {
        case "E": .eanUPC
        case "Z": .none
        default: isGS1 ? .gs1 : .other
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}

/// Lets a byte be compared with the ASCII character of a table.
func ~= (character: Unicode.Scalar, byte: UInt8) -> Bool { character.value == UInt32(byte) }
