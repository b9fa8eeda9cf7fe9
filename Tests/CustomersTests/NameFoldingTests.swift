import Testing

@testable import Customers

@Suite("Folded names")
struct NameFoldingTests {
    /// How many tokens a name has.
    static func tokenCount(of name: String) -> Int {
        var tokens = NameTokens(keys: CompanyKeys(vault: ReplicaBench.vault(7), company: "nordmat"))
        return tokens.tokens(of: name).count
    }

    @Test(
        "Letters lose their marks, and what Foundation leaves is in the table",
        arguments: [
            ("Bjørn Åse Ærø", "bjorn ase aero"), ("ØYSTEIN", "oystein"), ("Łukasz Wójcik", "lukasz wojcik"),
            ("Weißgerber Groß", "weissgerber gross"), ("Đorđe", "dorde"), ("Þór Guðrún", "thor gudrun"),
            ("Їжакевич", "іжакевич"), ("Ґудзь", "гудзь"), ("Андрій", "андріи"), ("Алёна", "алена"),
            ("Žydrūnas Ąžuolytė", "zydrunas azuolyte"), ("Õnne Ööbik", "onne oobik"), ("Hämäläinen", "hamalainen"),
            ("İsmail ısı", "ismail isi"), ("Œuvre", "oeuvre"), ("Ｗｉｄｅ", "wide"), ("ŠČŽ", "scz"),
            ("Anne-Marie O'Brien", "anne marie obrien"), ("Дем'янчук Дем’янчук", "дем\u{44F}нчук дем\u{44F}нчук"),
            ("  a.b,c  ", "a b c"), ("", ""), ("Håkon 2", "hakon 2"), ("A\u{30A}se", "ase"),
        ])
    func folds(name: String, expected: String) {
        #expect(NameFolding.words(name).joined(separator: " ") == expected)
    }

    @Test("Folding twice is folding once, for random Latin and Cyrillic letters")
    func isStable() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<3_000 {
            let blocks: [ClosedRange<UInt32>] = [0x20...0x24F, 0x400...0x52F, 0x1E00...0x1EFF]
            let scalars = (0..<8).compactMap { _ in
                blocks.randomElement(using: &random).flatMap {
                    Unicode.Scalar(UInt32.random(in: $0, using: &random))
                }
            }
            let name = String(String.UnicodeScalarView(scalars))
            let once = NameFolding.words(name)
            let twice = NameFolding.words(once.joined(separator: " "))
            #expect(once == twice, "\(random.note) \(scalars.map(\.value))")
        }
    }

    @Test("A name has a token for each beginning of each word from 1 to 12 letters, each once")
    func makesTokens() {
        #expect(Self.tokenCount(of: "Kari") == 4)
        #expect(Self.tokenCount(of: "Kari Kari") == 4)
        #expect(Self.tokenCount(of: "K") == 1)
        #expect(Self.tokenCount(of: "Kari Nordås") == 4 + 6)
        #expect(Self.tokenCount(of: String(repeating: "abcdefgh", count: 4)) == 12)
    }
}
