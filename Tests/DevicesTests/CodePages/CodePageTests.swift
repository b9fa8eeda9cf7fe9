import Testing

@testable import Devices

@Suite struct CodePageTests {
    @Test("A character's byte is the byte of that character", arguments: CodePage.all)
    func agreesWithItself(page: CodePage) {
        for byte in UInt8(0x20)...0xFF where byte != 0x7F {
            guard let scalar = page.scalar(of: byte) else { continue }
            let back = page.byte(of: Character(scalar))
            #expect(back == byte || scalar.properties.generalCategory == .control, "\(page) \(byte)")
        }
    }

    @Test(
        "Characters stand where the makers' manuals say",
        arguments: [
            (CodePage.cp437, "é", 0x82), (.cp850, "ø", 0x9B), (.cp858, "€", 0xD5), (.cp1252, "€", 0x80),
            (.cp866, "О", 0x8E), (.cp1251, "і", 0xB3), (.cp852, "ł", 0x88), (.cp865, "Å", 0x8F), (.cp1257, "ē", 0xE7),
        ] as [(CodePage, Character, UInt8)])
    func knowsCharacters(page: CodePage, character: Character, byte: UInt8) {
        #expect(page.byte(of: character) == byte)
    }

    @Test("What a page has not has no byte")
    func refuses() {
        #expect(CodePage.cp437.byte(of: "€") == nil && CodePage.ascii.byte(of: "é") == nil)
        #expect(CodePage.cp850.byte(of: "\n") == nil && CodePage.cp850.byte(of: "e\u{301}\u{302}") == nil)
        #expect(CodePage.ascii.scalar(of: 0x80) == nil)
    }

    @Test("Pages are found by name and number", arguments: [("cp858", "CP858"), ("858", "CP858"), ("ascii", "ASCII")])
    func finds(name: String, expected: String) {
        #expect(CodePage.named(name)?.name == expected)
        #expect(CodePage.named("cp1") == nil)
    }
}
