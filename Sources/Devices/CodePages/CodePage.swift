/// The 128 characters that a device shows or types for the bytes from 80 on; the bytes below are ASCII's.
package struct CodePage: Sendable, Hashable, CustomStringConvertible {
    /// "CP858".
    package let name: String
    private let upper: [Unicode.Scalar]
    private let bytes: [Unicode.Scalar: UInt8]

    /// - Parameter upper: the characters of bytes 80 to FF in their order; U+FFFD where there is none. Bytes past the end have
    ///   none either.
    init(name: String, upper: String) {
        self.name = name
        self.upper = Array(upper.unicodeScalars.prefix(128))
        var bytes: [Unicode.Scalar: UInt8] = [:]
        for (place, scalar) in self.upper.enumerated() where scalar != CodePage.none && bytes[scalar] == nil {
            bytes[scalar] = UInt8(0x80 + place)
        }
        self.bytes = bytes
    }

    /// What every display has: space to tilde, and nothing from 80 on.
    package static let ascii = CodePage(name: "ASCII", upper: "")

    /// - Parameter name: "CP858", in letters of either case, or the number alone.
    package static func named(_ name: some StringProtocol) -> CodePage? {
        let wanted = name.uppercased()
        return all.first { $0.name == wanted || $0.name == "CP\(wanted)" }
    }

    /// The byte of a character that can be shown; `nil` when the page has none. A letter and its accent are to be one
    /// character (Unicode normalization form C).
    package func byte(of character: Character) -> UInt8? {
        guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first else { return nil }
        if scalar.isASCII { return (0x20...0x7E).contains(scalar.value) ? UInt8(scalar.value) : nil }
        return scalar.properties.generalCategory == .control ? nil : bytes[scalar]
    }

    /// The character of a byte; `nil` where the page has none.
    package func scalar(of byte: UInt8) -> Unicode.Scalar? {
        guard byte >= 0x80 else { return Unicode.Scalar(byte) }
        guard Int(byte) - 0x80 < upper.count, upper[Int(byte) - 0x80] != CodePage.none else { return nil }
        return upper[Int(byte) - 0x80]
    }

    package var description: String { name }

    package static func == (one: CodePage, other: CodePage) -> Bool { one.name == other.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }

    private static let none: Unicode.Scalar = "\u{FFFD}"
}
