import Testing

@testable import Devices

@Suite struct DisplayRowTests {
    private let epson: [CodePage] = [.cp437, .cp850, .cp866, .cp852, .cp858]

    @Test(
        "The page that has every letter is chosen, and the letters stay",
        arguments: [
            ("Kari Nordas", CodePage.cp437), ("Müller", .cp437), ("Kari Nordås", .cp437), ("Bjørn", .cp850),
            ("Олена", .cp866), ("Łódź", .cp852), ("12,50 €", .cp858),
        ])
    func choosesPage(text: String, page: CodePage) {
        let row = DisplayRow(text, columns: 20, pages: epson)
        #expect(row.page == page)
        #expect(row.text == text + String(repeating: " ", count: 20 - text.count))
        #expect(row.bytes.count == 20)
    }

    @Test(
        "What no page has is simplified, and the rest of the line is not",
        arguments: [
            ("Bjørn 5 €", "Bjørn 5 EUR"), ("Наталія", "Наталiя"), ("Łukasz Müller", "Łukasz Müller"),
            ("日本 Å", "ri ben Å"),
        ])
    func simplifies(text: String, shown: String) {
        #expect(DisplayRow(text, columns: 20, pages: [.cp850, .cp866, .cp852]).text.hasPrefix(shown + " "))
    }

    @Test("A display without pages gets ASCII", arguments: [("Kari Nordås", "Kari Nordas"), ("Олена", "Olena")])
    func fallsBack(text: String, shown: String) {
        let row = DisplayRow(text, columns: 12, pages: [])
        #expect(row.text.hasPrefix(shown) && row.bytes.allSatisfy { (0x20...0x7E).contains($0) })
    }

    @Test("A letter and an accent apart are one letter")
    func composes() {
        #expect(DisplayRow("A\u{30A}se", columns: 3, pages: [.cp850]).bytes == [0x8F, 0x73, 0x65])
    }

    @Test("Any text makes as many bytes as there are columns, all of them shown", arguments: 0..<20)
    func isSafe(seed: UInt64) {
        var source = HIDRandomSource(seed: seed)
        for _ in 0..<50 {
            let scalars = (0..<Int.random(in: 0...60, using: &source)).compactMap { _ in
                Unicode.Scalar(
                    UInt32.random(in: 0...0x2FFFF, using: &source) % (Bool.random(using: &source) ? 0x500 : .max))
            }
            let columns = Int.random(in: 1...40, using: &source)
            let row = DisplayRow(String(String.UnicodeScalarView(scalars)), columns: columns, pages: epson)
            #expect(row.bytes.count == columns && row.text.count == columns, "seed \(seed)")
            #expect(row.bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "seed \(seed)")
        }
    }
}
