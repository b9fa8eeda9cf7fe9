import Foundation
import Testing

@testable import Customers

@Suite("Patterns of codes", .timeLimit(.minutes(1)))
struct CodePatternTests {
    private func value(_ pattern: String, _ code: String) throws -> String? {
        try CodePattern(pattern).value(of: Array(code.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        "A pattern describes the whole code, and its group is what is looked up",
        arguments: [
            (#"\d{6}"#, "123456", "123456"), (#"\d{6}"#, "1234567", nil), (#"\d{6}"#, "x123456", nil),
            (#"M-(\d+)-\d"#, "M-0012345-7", "0012345"), (#"^M(\d+)$"#, "M77", "77"),
            (#"https://club\.example/m/(\d{6,8})(?:\?.*)?"#, "https://club.example/m/1234567?x=1", "1234567"),
            (#"https://club\.example/m/(\d{6,8})(?:\?.*)?"#, "https://clubXexample/m/1234567", nil),
            ("(?:AB|CD)([A-F0-9]{2,3})", "CD0F", "0F"), ("(?:AB|CD)([A-F0-9]{2,3})", "CD0FG", nil),
            ("[^ ]+", "a b", nil), ("[a-]+", "-a-", "-a-"), (#"[\]\d]+"#, "]1", "]1"), (#"\(\|\)"#, "(|)", "(|)"),
            ("a|", "", ""), ("(a*)b", "aab", "aa"), ("x(a|ab)(?:c|bcd)", "xabcd", "a"),
        ] as [(String, String, String?)])
    func matches(pattern: String, code: String, expected: String?) throws {
        #expect(try value(pattern, code) == expected)
    }

    @Test(
        "A mistake is named with its place and what to do",
        arguments: [
            ("(a", 1, "not closed"), ("a)", 2, "closes no group"), ("[a", 1, "not closed"), ("[]", 1, "empty"),
            ("*a", 1, "repeat"), ("a**", 3, "repeated"), ("a{3", 2, "{3}"), ("a{5,2}", 2, "greater"),
            ("a{999}", 2, "256"), ("(a)(b)", 4, "one group"), ("(?=a)", 1, "look ahead"),
            (#"a\1"#, 2, "not known"),
            (#"a\"#, 2, "nothing"), ("a^b", 2, "ends"), ("æ", 1, "ASCII"), ("[z-a]", 2, "before"),
            (String(repeating: "a", count: 257), 1, "longer"),
            ("(?:(?:a{200}){200}){200}", 1, "written out"), ("(?:(?:(?:(?:){256}){256}){256}){256}", 1, "written out"),
            (String(repeating: "(?:", count: 9) + String(repeating: ")", count: 9), 25, "deep"),
        ])
    func tellsMistakes(pattern: String, place: Int, words: String) {
        let fault = #expect(throws: CodePattern.Fault.self) { try CodePattern(pattern) }
        #expect(fault?.place == place, "\(pattern)")
        #expect(fault?.words.contains(words) == true, "\(fault?.words ?? "")")
    }

    @Test(
        "Patterns over which others think for years take no longer than any",
        arguments: ["(?:a*)*b", "(?:a|a)*b", "(?:a?){60}a{60}"])
    func isNeverSlow(pattern: String) throws {
        let pattern = try CodePattern(pattern)
        let code = [UInt8](repeating: UInt8(ascii: "a"), count: CustomersLimits.identifierBytesMax)
        for _ in 0..<20 { _ = pattern.value(of: code) }
        #expect(pattern.value(of: code + code) == nil)
    }

    @Test("What Foundation's regular expressions say of a code, patterns say as well", arguments: [UInt64(1), 2, 3])
    func agrees(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<400 {
            let text = Self.pattern(depth: 3, &random)
            let (mine, oracle) = (try CodePattern(text), try NSRegularExpression(pattern: "^(?:\(text))$"))
            for _ in 0..<20 {
                let length = Int.random(in: 0...6, using: &random)
                let code = String((0..<length).map { _ in "ab1".randomElement(using: &random) ?? "a" })
                let found = oracle.firstMatch(in: code, range: NSRange(location: 0, length: length)) != nil
                let fits = mine.value(of: Array(code.utf8)) != nil
                #expect(fits == found, "\(text) on \(code), \(random.note)")
            }
        }
    }

    /// A random pattern without a group of value.
    private static func pattern(depth: Int, _ random: inout SeededRandom) -> String {
        let atoms = ["a", "b", "1", ".", #"\d"#, #"\w"#, "[ab]", "[^a]"]
        var text = ""
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let isGroup = depth > 0 && Int.random(in: 0..<3, using: &random) == 0
            text += isGroup ? "(?:\(pattern(depth: depth - 1, &random)))" : atoms.randomElement(using: &random) ?? "a"
            text += ["", "", "", "?", "*", "+", "{2}", "{0,2}", "{1,}"].randomElement(using: &random) ?? ""
        }
        guard depth > 0, Int.random(in: 0..<4, using: &random) == 0 else { return text }
        return "\(text)|\(pattern(depth: depth - 1, &random))"
    }

    @Test("A code of a described kind finds its customer, and any identifier in the copy wins over it")
    func resolves() throws {
        let bench = try ReplicaBench()
        let patterns = [
            IdentifierPattern(
                name: "QR", pattern: try CodePattern(#"https://club\.example/m/(\d+)"#), type: .externalID),
            IdentifierPattern(name: "phone QR", pattern: try CodePattern(#"T(\d{8})"#), type: .phone),
        ]
        let replica = try Replica(
            path: bench.path, vault: bench.vault, company: "nordmat", region: "NO", patterns: patterns)
        var ola = ReplicaBench.ola
        ola.identifiers = [Identifier(type: .customerCard, value: "https://club.example/m/7")]
        try replica.apply(ReplicaBench.page([ReplicaBench.kari, ola]))
        let reader = try replica.makeReader()
        #expect(try reader.resolve(typed: "https://club.example/m/77").names == ["Kari Nordås"])
        #expect(try reader.resolve(typed: "T41234567").names == ["Kari Nordås"])
        #expect(try reader.resolve(typed: "https://club.example/m/7").names == ["Ola Ås"])
        #expect(try reader.resolve(typed: "https://club.example/m/78") == .unknown)
        let gone = DepartedCodes(ReplicaBench.kari.identifiers, region: replica.region, patterns: patterns)
        #expect(gone.contains(LabelCode(typed: "https://club.example/m/77")))
        #expect(!gone.contains(LabelCode(typed: "https://club.example/m/78")))
        replica.close()
    }
}
