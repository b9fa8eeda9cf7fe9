import Testing

@testable import Systems

@Suite struct CSVReaderTests {
    private func rows(_ text: String, separator: UInt8? = nil) -> [String] { rows(Array(text.utf8), separator) }

    private func rows(_ bytes: [UInt8], _ separator: UInt8? = nil) -> [String] {
        let read = RowProperties.read(bytes, CSVReader(separator: separator), pieces: [bytes])
        return read.rows + (read.failure.map { [$0] } ?? [])
    }

    @Test("Values stand between separators, in quotation marks where they hold separators, line ends or such marks")
    func values() {
        #expect(
            rows("key,name\r\n1,Kari\r\n2,\"Ås, \"\"Ola\"\"\r\nIngen\"\r\n") == [
                "2 [1][Kari]", "3 [2][Ås, \"Ola\"\r\nIngen]",
            ])
        #expect(rows("key,name\n1,\n,\n") == ["2 [1][]", "3 [][]"])
    }

    @Test("The last row needs no line end, and empty lines are none")
    func ends() {
        #expect(rows("key\n\n1\n\r\n2") == ["3 [1]", "5 [2]"])
        #expect(rows("key\n\"1\"") == ["2 [1]"])
    }

    @Test("A byte order mark is left out, and white space around values too")
    func mark() {
        #expect(rows([0xEF, 0xBB, 0xBF] + Array("key\n 1\t\n".utf8)) == ["2 [1]"])
    }

    @Test(
        "The separator is the one that the first line shows most often",
        arguments: [
            ("a;b,c;d\n1;2;3\n", "2 [1][2][3]"), ("a\tb\n1\t2\n", "2 [1][2]"), ("\"a;;;\",b\n1,2\n", "2 [1][2]"),
        ])
    func separator(text: String, row: String) {
        #expect(rows(text) == [row])
    }

    @Test("A row with too few or too many values is named by line and column, and its neighbours stay")
    func cells() {
        #expect(
            rows("a,b\n1,2\n3\n4,5,6\n7,8\n") == [
                "2 [1][2]", "3 ! line 3, column 1: the row has fewer values than the first line has names",
                "4 ! line 4, column 5: the row has more values than the first line has names", "5 [7][8]",
            ])
    }

    @Test("A quotation mark that is never closed costs its own line alone")
    func unclosed() {
        #expect(
            rows("a,b\n1,\"x\n2,y\n3,z\n") == [
                "2 ! line 2, column 3: a quotation mark is not closed", "3 [2][y]", "4 [3][z]",
            ])
    }

    @Test("A quotation mark within a value costs the line on which the row began")
    func misplaced() {
        #expect(
            rows("a,b\n1,5\" pipe\n2,y\n\"3\"x,z\n\"4\n5,\"q\",6\n7,8\n") == [
                "2 ! line 2, column 4: a quotation mark is in the wrong place: double those within a value", "3 [2][y]",
                "4 ! line 4, column 4: a quotation mark is in the wrong place: double those within a value",
                "5 ! line 6, column 4: a quotation mark is in the wrong place: double those within a value",
                "6 ! line 6, column 7: the row has more values than the first line has names", "7 [7][8]",
            ])
    }

    @Test("After as many unclosed quotation marks as are looked behind, a row takes what it swallowed with it")
    func rescans() {
        let bad = String(repeating: "\"x\n", count: SystemsLimits.rescansMax + 1)
        let read = rows("a\n" + bad + "1\n2\n")
        #expect(read.count > SystemsLimits.rescansMax)
        #expect(
            read.last
                == "\(SystemsLimits.rescansMax + 2) ! line \(SystemsLimits.rescansMax + 2), column 1: a quotation mark is not closed"
        )
    }

    @Test("Bytes that are no UTF-8 are named by line and column")
    func encoding() {
        let latin = Array("a,b\n1,K".utf8) + [0xE5] + Array("re\n2,y\n".utf8)
        #expect(rows(latin) == ["2 ! line 2, column 4: the bytes are no text in this encoding", "3 [2][y]"])
        #expect(
            rows(Array("a\nå".utf8) + [0] + Array("\n".utf8)) == [
                "2 ! line 2, column 2: the bytes are no text in this encoding"
            ])
    }

    @Test("UTF-16 is said to be that", arguments: [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]])
    func utf16(mark: [UInt8]) {
        #expect(rows(mark + [0x61, 0, 0x0A, 0])[0].hasPrefix("Line 1, column 1: the text is UTF-16."))
    }

    @Test("An empty file is said to be that")
    func empty() {
        #expect(rows("") == ["The file is empty. Its first line names the columns."])
    }

    @Test("A row may be as long as rows may be, and not a byte longer", arguments: [0, 1])
    func length(over: Int) {
        let long = String(repeating: "x", count: SystemsLimits.rowBytesMax - 1 + over)
        let read = rows("a\n\(long)\n1\n")
        #expect(read.count == 2)
        #expect(
            (read.first == "2 ! line 2, column \(SystemsLimits.rowBytesMax + 1): the row is longer than 65536 bytes")
                == (over == 1))
        #expect(read.last == "3 [1]")
    }

    @Test("Rows do not depend on the pieces in which the bytes come, nor on where reading goes on", arguments: 1...200)
    func cuts(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let pieces = ["\"", "\"\"", ",", ";", "\n", "\r\n", "\r", "x", "å", " ", "1", "\u{FEFF}", "name", "\0"]
        var bytes: [UInt8] = [.random(in: 0...255, using: &random)]
        for _ in 0..<Int.random(in: 0...80, using: &random) {
            bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
            if Int.random(in: 0..<40, using: &random) == 0 { bytes.append(.random(in: 0...255, using: &random)) }
        }
        #expect(RowProperties.csvDoesNotDependOnCuts(bytes) == nil, "\(random.note)")
    }
}
