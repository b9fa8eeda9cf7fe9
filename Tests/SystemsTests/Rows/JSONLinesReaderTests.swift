import Testing

@testable import Systems

@Suite struct JSONLinesReaderTests {
    private func rows(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return RowProperties.read(bytes, JSONLinesReader(), pieces: [bytes]).rows
    }

    @Test("A line is an object; empty lines are none")
    func objects() {
        #expect(
            rows("{\"a\": [1, -2.5e3, true, null], \"b\": {\"c\": \"\\u00e5\\n\\ud83d\\ude00\"}}\r\n\n {} ") == [
                "1 {a:[1,-2.5e3,true,null],b:{c:\"å\n😀\"}}", "3 {}",
            ])
    }

    @Test(
        "What is no JSON object is named by line and column, and its neighbours stay",
        arguments: [
            ("{\"a\": 01}", 7), ("{\"a\": 1", 8), ("{\"a\" 1}", 6), ("{a: 1}", 2), ("{\"a\": \"x}", 10),
            ("{\"a\": 1} x", 10),
            ("{\"å\": 1, \"å\": 2}", 10), ("{\"a\": \"\\ud800\"}", 8), ("{\"a\": \"\\u0000\"}", 8), ("{\"a\": tru}", 7),
            ("{\"a\": 1.}", 9), ("{\"a\": -}", 8),
        ])
    func broken(line: String, column: Int) {
        #expect(rows("{}\n\(line)\n{}") == ["1 {}", "2 ! line 2, column \(column): this is no JSON", "3 {}"])
    }

    @Test("Another JSON value than an object is said to be none", arguments: ["[1]", "1", "\"x\"", "null"])
    func noObject(line: String) {
        #expect(rows(line) == ["1 ! line 1, column 1: the line is no JSON object"])
    }

    @Test("Objects may lie within each other as deep as they may, and no deeper", arguments: [0, 1])
    func depth(over: Int) {
        let depth = SystemsLimits.jsonDepthMax - 1 + over
        let line = "{\"a\":" + String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth) + "}"
        #expect(rows(line)[0].contains("no JSON") == (over == 1))
    }

    @Test("A row holds as many values as it may, and no more", arguments: [0, 1])
    func count(over: Int) {
        let ones = Array(repeating: "1", count: SystemsLimits.jsonValuesMax - 2 + over).joined(separator: ",")
        #expect(rows("{\"a\":[\(ones)]}")[0].contains("no JSON") == (over == 1))
    }

    @Test("A line that is too long is left out to its end", arguments: [0, 1])
    func length(over: Int) {
        let text = String(repeating: "x", count: SystemsLimits.rowBytesMax - 9 + over)
        let read = rows("{\"a\":\"\(text)\"}\n{}\n")
        #expect(read.count == 2)
        #expect((read[0] == "1 ! line 1, column 65537: the row is longer than 65536 bytes") == (over == 1))
    }

    @Test("Rows do not depend on the pieces in which the bytes come, nor on where reading goes on", arguments: 1...200)
    func cuts(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let pieces = [
            "{", "}", "[", "]", "\"a\"", ":", ",", "\n", "\r\n", "1", "-", "0.5e1", "\\", "\"", "true", "null",
            "\\u00e5",
            "å", " ", "{\"key\":\"1\"}\n", "\u{FEFF}",
        ]
        var bytes: [UInt8] = [.random(in: 0...255, using: &random)]
        for _ in 0..<Int.random(in: 0...80, using: &random) {
            bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
            if Int.random(in: 0..<40, using: &random) == 0 { bytes.append(.random(in: 0...255, using: &random)) }
        }
        #expect(RowProperties.jsonLinesDoNotDependOnCuts(bytes) == nil, "\(random.note)")
    }
}
