import Testing

@testable import Devices

@Suite struct TextDialectTests {
    private let start = ContinuousClock.now

    private func dialect(_ kind: SerialSettings.Dialect) -> TextDialect {
        var settings = SerialSettings()
        settings.dialect = kind
        return TextDialect(settings: settings)
    }

    private func word(_ kind: SerialSettings.Dialect, _ signal: ScannerSignal, isPrevented: Bool = false) -> [UInt8]? {
        dialect(kind).controls?.message(signal, isPrevented: isPrevented)?.bytes
    }

    @Test("Honeywell's commands stand between SYN and CR")
    func speaksHoneywell() {
        #expect(word(.honeywell, .goodRead) == [0x16, 0x07, 0x0D])
        #expect(word(.honeywell, .pullTrigger) == [0x16, 0x54, 0x0D])
        #expect(word(.honeywell, .releaseTrigger) == [0x16, 0x55, 0x0D])
        #expect(word(.honeywell, .notOnFile) == nil && word(.honeywell, .preventRead) == nil)
        #expect(word(.text, .goodRead) == nil)
    }

    @Test(
        "Datalogic's beep for what is not on file disables the scanner, so it is enabled again unless it is to be silent"
    )
    func speaksDatalogic() {
        #expect(word(.datalogic, .notOnFile) == [0x46, 0x45])
        #expect(word(.datalogic, .notOnFile, isPrevented: true) == [0x46])
        #expect(word(.datalogic, .preventRead) == [0x44] && word(.datalogic, .allowRead) == [0x45])
    }

    @Test("Honeywell's answer to a question is no scan wherever it is cut, and labels before and after it are")
    func keepsHoneywellAnswers() {
        let answer =
            Array("Product Name: Voyager 1602g\r\nBoot Revision: : 8992\r\nSoftware: N/A\r\nREVINF".utf8) + [
                0x06, 0x2E,
            ]
        let bytes = answer + Array("4006381333931\r".utf8)
        for place in 0...bytes.count {
            var dialect = dialect(.honeywell)
            #expect(dialect.take(Array("A\r".utf8), at: start).map(\.text) == ["A"])
            let order = dialect.order(LineProperties.honeywellQuestion, at: start)
            #expect(order == [.send(LineProperties.honeywellQuestion, endsOrder: true)])
            let outcomes =
                dialect.take(Array(bytes[..<place]), at: start) + dialect.take(Array(bytes[place...]), at: start)
            #expect(outcomes.first == .answer(answer) && outcomes.last?.text == "4006381333931", "cut at \(place)")
            #expect(outcomes.count == 2)
        }
    }

    @Test("A question that is not answered is given up, and the next label is read")
    func givesUp() {
        var dialect = dialect(.honeywell)
        _ = dialect.order(LineProperties.honeywellQuestion, at: start)
        #expect(dialect.deadline == start + .seconds(2))
        #expect(dialect.expire(at: start + .seconds(2)) == [.ignored(.unanswered)])
        #expect(dialect.take(Array("A\r".utf8), at: start + .seconds(2)).map(\.text) == ["A"])
    }

    @Test("Datalogic's framed answers are no scans, asked for or not, and SOH alone begins a label")
    func keepsDatalogicAnswers() {
        let answer: [UInt8] = [1, 2] + Array("APP 610012345\rIF 05\r".utf8) + [3, 4]
        let bytes = Array("A\r".utf8) + answer + [1] + Array("B\r".utf8)
        for asks in [false, true] {
            for place in 0...bytes.count {
                var dialect = dialect(.datalogic)
                var outcomes = dialect.take(Array(bytes[..<min(place, 2)]), at: start)
                if asks, place > 2 { outcomes += dialect.order([0x69], at: start) }
                outcomes += dialect.take(Array(bytes[min(place, 2)..<place]), at: start)
                outcomes += dialect.take(Array(bytes[place...]), at: start)
                #expect(outcomes.compactMap(\.text) == ["A", "\u{1}B"], "cut at \(place)")
                #expect(outcomes.contains(.answer(answer)), "cut at \(place)")
            }
        }
    }

    @Test("An unframed answer of Datalogic ends by silence and is no scan")
    func endsUnframedAnswers() {
        var dialect = dialect(.datalogic)
        _ = dialect.order([0x69], at: start)
        #expect(dialect.take(Array("610012345\r".utf8), at: start).isEmpty)
        #expect(dialect.expire(at: start + .milliseconds(300)) == [.answer(Array("610012345\r".utf8))])
        #expect(dialect.take(Array("A\r".utf8), at: start + .milliseconds(301)).map(\.text) == ["A"])
    }

    @Test("An answer beyond every bound stays an answer to its end")
    func boundsAnswers() {
        var dialect = dialect(.honeywell)
        _ = dialect.order(LineProperties.honeywellQuestion, at: start)
        let bytes = [UInt8](repeating: 0x0D, count: 10_000) + Array("REVINF".utf8) + [0x06, 0x2E]
        let outcomes = dialect.take(bytes + Array("A\r".utf8), at: start)
        #expect(outcomes.count == 2 && outcomes.last?.text == "A")
    }

    @Test("Packets of SSI on a line of text are no labels, and said to be what they are")
    func findsSSI() {
        let packet = SSIPacket(SSIPacket.Opcode.decodeData, source: 0, data: [11] + Array("4006381333931".utf8)).bytes
        for place in 0...packet.count {
            var dialect = dialect(.text)
            let outcomes =
                dialect.take(Array(packet[..<place]), at: start) + dialect.take(Array(packet[place...]), at: start)
            #expect(outcomes == [.ignored(.packetOfSSI)] && dialect.deadline == nil, "cut at \(place)")
        }
    }
}
