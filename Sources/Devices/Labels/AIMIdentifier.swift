/// A symbology identifier: "]", a letter for the symbology, a modifier (ISO/IEC 15424).
package struct AIMIdentifier: Hashable, Sendable, CustomStringConvertible {
    /// An ASCII letter; the case matters.
    package let code: Character
    /// An ASCII letter or digit.
    package let modifier: Character

    /// - Parameter text: three characters, "]E0".
    package init?(_ text: some StringProtocol) {
        let characters = Array(text.utf8.prefix(4))
        guard characters.count == 3, characters[0] == 0x5D else { return nil }
        self.init(code: characters[1], modifier: characters[2])
    }

    /// - Parameters: the bytes behind "]".
    package init?(code: UInt8, modifier: UInt8) {
        let (code, modifier) = (Character(Unicode.Scalar(code)), Character(Unicode.Scalar(modifier)))
        guard code.isASCII, code.isLetter, modifier.isASCII, modifier.isLetter || modifier.isNumber else { return nil }
        self.code = code
        self.modifier = modifier
    }

    package var description: String { "]\(code)\(modifier)" }

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
}
