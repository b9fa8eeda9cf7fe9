import Testing

@testable import Customers

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

    @Test("Exactly one check digit is right, and every single wrong digit is found")
    func checks() {
        var random = SeededRandom(seed: 8)
        for length in [8, 12, 13, 14] {
            for _ in 0..<200 {
                let body = random.digits(length - 1)
                let right = (UInt8(0x30)...0x39).filter { GTIN.isChecked(body + [$0]) }
                #expect(right.count == 1, "\(random.note)")
                var wrong = body + right
                let place = Int.random(in: 0..<length, using: &random)
                wrong[place] = 0x30 + (wrong[place] - 0x30 + UInt8.random(in: 1...9, using: &random)) % 10
                #expect(!GTIN.isChecked(wrong), "\(random.note)")
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
        let check = try #require((UInt8(0x30)...0x39).first { GTIN.isChecked(body + [$0]) })
        let number = try #require(GTIN(digits: body + [check]))
        #expect(number.isRestricted == isRestricted)
    }
}
