import Testing

@testable import Devices

@Suite struct SerialDecoderTests {
    private let start = ContinuousClock.now

    private func decoder(_ change: (inout SerialSettings) -> Void = { _ in }) -> SerialDecoder {
        var settings = SerialSettings()
        change(&settings)
        return SerialDecoder(settings: settings)
    }

    private func texts(_ outcomes: [LineOutcome]) -> [String] { outcomes.compactMap(\.text) }

    @Test(
        "Each terminator ends a label, and the others are part of it",
        arguments: [
            (SerialSettings.Terminator.automatic, "A\rB\nC\r\nD\tE\r", ["A", "B", "C", "D\tE"]),
            (.cr, "A\nB\rC\r", ["A\nB", "C"]), (.lf, "A\rB\nC\n", ["A\rB", "C"]),
            (.crlf, "A\rB\nC\r\nD\r\n", ["A\rB\nC", "D"]), (.tab, "A\rB\tC\t", ["A\rB", "C"]),
            (.etx, "A\rB\u{3}C\u{3}", ["A\rB", "C"]),
        ])
    func ends(terminator: SerialSettings.Terminator, text: String, labels: [String]) {
        var decoder = decoder { $0.terminator = terminator }
        #expect(texts(decoder.decode(text.utf8, at: start)) == labels)
        #expect(decoder.deadline == nil)
    }

    @Test("A label comes out the same wherever it is cut in two", arguments: SerialSettings.Terminator.allCases)
    func splits(terminator: SerialSettings.Terminator) {
        let bytes = Array("]E04006381333931\r\n]C1010400638133393117251231\r\n\tX\u{3}\n".utf8)
        var whole = decoder { $0.terminator = terminator }
        let expected = whole.decode(bytes, at: start)
        for place in 0...bytes.count {
            var pieces = decoder { $0.terminator = terminator }
            let outcomes = pieces.decode(bytes[..<place], at: start) + pieces.decode(bytes[place...], at: start)
            #expect(outcomes == expected, "cut at \(place)")
        }
    }

    @Test("Silence ends a label where no terminator is named, and none sooner")
    func endsBySilence() {
        for terminator in [SerialSettings.Terminator.automatic, .none] {
            var decoder = decoder { $0.terminator = terminator }
            #expect(decoder.decode("40063".utf8, at: start).isEmpty)
            #expect(decoder.decode("81".utf8, at: start + .milliseconds(299)).isEmpty)
            #expect(decoder.deadline == start + .milliseconds(599))
            #expect(decoder.expire(at: start + .milliseconds(598)).isEmpty)
            #expect(texts(decoder.expire(at: start + .milliseconds(599))) == ["4006381"])
        }
    }

    @Test("Without the terminator that is named a label is dropped, since it may be half of one")
    func dropsHalves() {
        var decoder = decoder { $0.terminator = .cr }
        #expect(decoder.decode("40063".utf8, at: start).isEmpty)
        #expect(decoder.expire(at: start + .seconds(1)) == [.ignored(.unterminated)])
        #expect(texts(decoder.decode("B\r".utf8, at: start + .seconds(1))) == ["B"])
    }

    @Test("What comes after a silence that nobody waited for begins another label")
    func endsLate() {
        var decoder = decoder()
        #expect(decoder.decode("A".utf8, at: start).isEmpty)
        #expect(texts(decoder.decode("B\r".utf8, at: start + .seconds(1))) == ["A", "B"])
    }

    @Test("The identifier is taken off where it is sent, and is part of the label elsewhere")
    func takesIdentifier() {
        for isSent in [true, false] {
            var decoder = decoder { $0.identifierIsSent = isSent }
            let outcomes = decoder.decode("]E04006381333931\r".utf8, at: start)
            #expect(texts(outcomes) == [isSent ? "4006381333931" : "]E04006381333931"])
            guard case .scan(let scan) = outcomes.first else { return }
            #expect(scan.label().symbology == (isSent ? .ean13 : .unknown))
        }
    }

    @Test("An identifier without a label, and a terminator without one, are no scans")
    func ignoresEmpty() {
        var decoder = decoder { $0.identifierIsSent = true }
        #expect(decoder.decode("]E0\r\n".utf8, at: start) == [.ignored(.emptyScan), .ignored(.emptyScan)])
    }

    @Test("A label of the greatest length is read, a longer one is dropped as a whole, and the next one is whole")
    func boundsLabels() {
        for extra in [0, 1, 9_000] {
            var decoder = decoder()
            let bytes = [UInt8](repeating: 0x41, count: 4_096 + extra) + Array("\rB\r".utf8)
            let outcomes = decoder.decode(bytes, at: start)
            #expect(outcomes.count == 2 && texts(outcomes).last == "B")
            if extra > 0 { #expect(outcomes.first == .ignored(.scanTooLong)) }
        }
    }
}

extension LineOutcome {
    var text: String? {
        if case .scan(let scan) = self { String(decoding: scan.data, as: UTF8.self) } else { nil }
    }
}
