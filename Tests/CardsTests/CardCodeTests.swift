import Testing

@testable import Cards

@Suite struct CardCodeTests {
    @Test("A code is read back as it was written, in capital and in small letters")
    func roundTrip() throws {
        for _ in 0..<200 {
            let code = CardCode()
            #expect(code.text.utf8.count == 31)
            #expect(CardCode(code.text.utf8) == code)
            #expect(CardCode(code.text.lowercased().utf8) == code)
        }
    }

    @Test("A code with any one character changed is none")
    func wrongCharacter() {
        let text = Array(CardCode().text.utf8)
        var found = 0
        for place in text.indices {
            for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8 where other != text[place] {
                var wrong = text
                wrong[place] = other
                if CardCode(wrong) != nil { found += 1 }
            }
        }
        // Two check characters hold ten bits: one wrong code in a thousand passes them, and then is nobody's.
        #expect(found < 10)
    }

    @Test(
        "Other codes are none",
        arguments: ["", "CT1", "4006381333931", "https://qr.vipps.no/p/abc", String(repeating: "0", count: 31)])
    func others(_ text: String) {
        #expect(CardCode(text.utf8) == nil)
    }
}
