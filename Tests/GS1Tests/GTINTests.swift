import Testing

@testable import GS1

@Suite("Product numbers")
struct GTINTests {
    @Test(
        "A number with a right check digit is filled up to 14 digits",
        arguments: [
            ("4006381333931", "04006381333931"), ("5012345678900", "05012345678900"),
            ("5901234123457", "05901234123457"), ("036000291452", "00036000291452"), ("96385074", "00000096385074"),
            ("2000012345678", "02000012345678"), ("9780201379624", "09780201379624"),
            ("10614141000415", "10614141000415"),
        ])
    func fillsUp(digits: String, expected: String) {
        #expect(GTIN(digits: Array(digits.utf8))?.digits14 == expected)
    }

    @Test("Another length, letter or check digit is none")
    func refuses() {
        for text in ["", "4006381333932", "40063813339", "4006381333931 ", "400638133393l", "123456789012345"] {
            #expect(GTIN(digits: Array(text.utf8)) == nil, "\(text)")
        }
    }

    @Test(
        "A UPC-E is widened to the number it stands for, however much of it the scanner sends",
        arguments: [
            ("01234565", "00012345000065"), ("02345673", "00023456000073"), ("04252614", "00042100005264"),
            ("01234133", "00012300000413"), ("01234505", "00012000003455"), ("01234558", "00012345000058"),
            ("123456", "00012345000065"), ("2345673", "00023456000073"),
        ])
    func widens(digits: String, expected: String) {
        #expect(GTIN(upcE: Array(digits.utf8))?.digits14 == expected)
    }

    @Test(
        "A UPC-E of another number system, with a wrong check digit, or of two meanings is none",
        arguments: [
            "21234565", "01234566", "0123457", "12345", "0123456x", "",
        ])
    func refusesToWiden(digits: String) {
        #expect(GTIN(upcE: Array(digits.utf8)) == nil)
    }

    @Test("Exactly one check digit is right, and every single wrong digit is found")
    func checks() {
        var random = SeededRandom(seed: 8)
        for length in [8, 12, 13, 14] {
            for _ in 0..<200 {
                let body = random.digits(length - 1)
                let right = (UInt8(0x30)...0x39).filter { CheckDigit.holds(body + [$0]) }
                #expect(right.count == 1, "\(random.note)")
                var wrong = body + right
                let place = Int.random(in: 0..<length, using: &random)
                wrong[place] = 0x30 + (wrong[place] - 0x30 + UInt8.random(in: 1...9, using: &random)) % 10
                #expect(!CheckDigit.holds(wrong), "\(random.note)")
            }
        }
    }

    @Test(
        "Numbers that shops give themselves are restricted",
        arguments: [
            ("2000012345678", true), ("0212345678909", true), ("0412345678907", true), ("4006381333931", false),
            ("96385074", false), ("20123451", true), ("01234565", true), ("036000291452", false),
            ("212345678902", true), ("412345678908", true),
        ])
    func knowsRestricted(digits: String, isRestricted: Bool) throws {
        let body = Array(digits.utf8.dropLast())
        let check = try #require((UInt8(0x30)...0x39).first { CheckDigit.holds(body + [$0]) })
        let number = try #require(GTIN(digits: body + [check]))
        #expect(number.isRestricted == isRestricted)
    }
}
