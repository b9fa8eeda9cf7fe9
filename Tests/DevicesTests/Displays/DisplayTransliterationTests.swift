import Testing

@testable import Devices

@Suite struct DisplayTransliterationTests {
    @Test(
        "Names are readable in ASCII",
        arguments: [
            ("Welcome", "Welcome"), ("Zoë Ångström", "Zoe Angstrom"), ("Søren Ærø", "Soren Aero"),
            ("Straße", "Strasse"),
            ("Łukasz", "Lukasz"), ("Їжак", "Yizhak"), ("ЩУКА", "SHCHUKA"), ("Згурський", "Zghurskyi"),
            ("Юлія", "Yuliia"), ("“10 €” – ok…", "\"10 EUR\" - ok..."), ("½", "1/2"),
        ])
    func spells(text: String, shown: String) {
        #expect(DisplayTransliteration.simplified(text) == shown)
    }

    @Test("Whatever comes in, only characters that every display has come out", arguments: 0..<50)
    func staysPrintable(seed: UInt64) {
        var source = HIDRandomSource(seed: seed)
        for _ in 0..<20 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0..<40, using: &source) {
                let high: UInt32 = Bool.random(using: &source) ? 0x500 : 0x1_FFFF
                if let scalar = Unicode.Scalar(UInt32.random(in: 0...high, using: &source)) { scalars.append(scalar) }
            }
            let shown = DisplayTransliteration.simplified(String(scalars))
            #expect(shown.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "seed \(seed)")
        }
    }

    @Test("A text without end is cut before the work begins")
    func isBounded() {
        let shown = DisplayTransliteration.simplified(String(repeating: "a", count: 1_000_000))
        #expect(shown.count == DisplayLimits.lineScalarsMax)
    }
}
