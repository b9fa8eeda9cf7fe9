import Testing

@testable import Devices

@Suite struct SSIDialectTests {
    private let start = ContinuousClock.now
    private let acknowledgement = LineOutcome.send([0x04, 0xD0, 0x04, 0x00, 0xFF, 0x28], endsOrder: false)

    private func data(_ text: String, type: UInt8 = 11, status: UInt8 = 0) -> [UInt8] {
        SSIPacket(SSIPacket.Opcode.decodeData, source: 0, status: status, data: [type] + Array(text.utf8)).bytes
    }

    private func packet(_ opcode: UInt8, _ data: [UInt8] = []) -> [UInt8] {
        SSIPacket(opcode, source: 0, data: data).bytes
    }

    @Test("The published packets have their checksums")
    func sums() {
        #expect(SSIPacket(SSIPacket.Opcode.startDecode).bytes == [0x04, 0xE4, 0x04, 0x00, 0xFF, 0x14])
        #expect(SSIPacket(SSIPacket.Opcode.acknowledge).bytes == [0x04, 0xD0, 0x04, 0x00, 0xFF, 0x28])
    }

    @Test("A label is acknowledged and has the symbology of its type")
    func reads() {
        var dialect = SSIDialect()
        let outcomes = dialect.take(data("4006381333931"), at: start)
        #expect(outcomes.first == acknowledgement && outcomes.count == 2)
        guard case .scan(let scan) = outcomes.last else { return #expect(Bool(false), "no scan") }
        #expect(scan.label().symbology == .ean13 && outcomes.last?.text == "4006381333931")
    }

    @Test("Text on a line of SSI is told at the second label, with what to do")
    func tellsOfText() throws {
        var dialect = SSIDialect()
        var now = start
        var reasons: [LineIgnored] = []
        for label in [
            "4006381333931\r", "CARD-0815\r\n", "https://example.com/a-label-that-is-longer-than-one-packet-of-text\r",
        ] {
            var outcomes = dialect.take(Array(label.utf8), at: now)
            now += .seconds(1)
            outcomes += dialect.expire(at: now)
            reasons += outcomes.compactMap { if case .ignored(let reason) = $0 { reason } else { nil } }
        }
        #expect(reasons.first == .packetCut)
        #expect(reasons.dropFirst().allSatisfy { $0 == .textForSSI } && reasons.count >= 3)
        #expect(LineIgnored.textForSSI.spoilsScan && LineIgnored.textForSSI.description.contains("dialect: ssi"))
    }

    @Test("A scanner that has spoken SSI is garbled when text comes, and noise is no text")
    func garbled() {
        for (before, bytes) in [
            (data("1"), Array("4006381333931\r".utf8)), ([], [0x20, 0xF3] + [UInt8](repeating: 0x80, count: 9)),
        ] {
            var dialect = SSIDialect()
            var now = start
            _ = dialect.take(before, at: now)
            for _ in 0..<4 {
                _ = dialect.take(bytes, at: now)
                now += .seconds(1)
                #expect(dialect.expire(at: now).contains(.ignored(.packetCut)))
            }
        }
    }

    @Test("Two labels come out the same wherever the bytes are cut")
    func splits() {
        let bytes = data("4006381333931") + [0] + data("B", type: 3) + packet(SSIPacket.Opcode.event, [1])
        var whole = SSIDialect()
        let expected = whole.take(bytes, at: start)
        #expect(expected.compactMap(\.text) == ["4006381333931", "B"])
        for place in 0...bytes.count {
            var pieces = SSIDialect()
            let outcomes =
                pieces.take(Array(bytes[..<place]), at: start) + pieces.take(Array(bytes[place...]), at: start)
            #expect(outcomes == expected, "cut at \(place)")
        }
    }

    @Test("Any byte of a packet that is changed is found out, and the packet is asked for again")
    func findsChanges() {
        let bytes = data("4006381333931")
        // A changed length makes the packet end elsewhere.
        for place in 1..<bytes.count {
            var changed = bytes
            changed[place] ^= 0x20
            var dialect = SSIDialect()
            let outcomes = dialect.take(changed, at: start)
            #expect(
                outcomes == [
                    .ignored(.checksumWrong), .send(SSIPacket(0xD1, data: [1]).bytes, endsOrder: false),
                ], "byte \(place)")
        }
    }

    @Test("A packet sent again because its acknowledgement was lost is acknowledged and no second scan")
    func passesOverRepeats() {
        var dialect = SSIDialect()
        #expect(dialect.take(data("A"), at: start).compactMap(\.text) == ["A"])
        let again = dialect.take(data("A", status: 1), at: start + .seconds(2))
        #expect(again == [acknowledgement, .ignored(.repeated)])
    }

    @Test("The same label read twice is two scans")
    func takesTheSameLabelTwice() {
        var dialect = SSIDialect()
        #expect(dialect.take(data("A") + data("A"), at: start).compactMap(\.text) == ["A", "A"])
    }

    @Test("A packet sent again because it came garbled is a scan, even of the label before")
    func takesRepeatsOfGarbled() {
        var dialect = SSIDialect()
        _ = dialect.take(data("A"), at: start)
        var garbled = data("A")
        garbled[5] ^= 1
        _ = dialect.take(garbled, at: start)
        #expect(dialect.take(data("A", status: 1), at: start).compactMap(\.text) == ["A"])
    }

    @Test("A packet marked as sent again long after the same label is a scan")
    func forgetsRepeats() {
        var dialect = SSIDialect()
        _ = dialect.take(data("A"), at: start)
        #expect(dialect.take(data("A", status: 1), at: start + .seconds(9)).compactMap(\.text) == ["A"])
    }

    @Test("A label in several packets is one scan, each of them acknowledged, a repeated one taken once")
    func joinsPackets() {
        var dialect = SSIDialect()
        #expect(dialect.take(data("AB", status: 2), at: start) == [acknowledgement])
        #expect(dialect.take(data("AB", status: 3), at: start) == [acknowledgement, .ignored(.repeated)])
        #expect(dialect.take(data("CD", status: 2), at: start) == [acknowledgement])
        #expect(dialect.take(data("E"), at: start).compactMap(\.text) == ["ABCDE"])
    }

    @Test("A label whose other packets do not come is dropped, and so is what may be its rest; the next one is whole")
    func dropsHalves() {
        var dialect = SSIDialect()
        _ = dialect.take(data("AB", status: 2), at: start)
        #expect(dialect.expire(at: start + .seconds(2)) == [.ignored(.fragmentsMissing)])
        #expect(dialect.take(data("REST"), at: start + .seconds(2)).compactMap(\.text) == [])
        #expect(dialect.take(data("C"), at: start + .seconds(3)).compactMap(\.text) == ["C"])
    }

    @Test("A label beyond every bound is dropped as a whole")
    func boundsLabels() {
        var dialect = SSIDialect()
        let part = String(repeating: "A", count: 250)
        for _ in 0..<17 { #expect(dialect.take(data(part, status: 2), at: start) == [acknowledgement]) }
        #expect(dialect.take(data("B"), at: start) == [acknowledgement, .ignored(.scanTooLong)])
        #expect(dialect.take(data("C"), at: start).compactMap(\.text) == ["C"])
    }

    @Test("A packet whose rest does not come is given up and asked for again")
    func givesUpPackets() {
        var dialect = SSIDialect()
        #expect(dialect.take(Array(data("A").prefix(5)), at: start).isEmpty)
        #expect(dialect.deadline == start + .milliseconds(500))
        #expect(dialect.expire(at: start + .milliseconds(500)).first == .ignored(.packetCut))
        #expect(dialect.take(data("B"), at: start + .seconds(1)).compactMap(\.text) == ["B"])
    }

    @Test("An order ends when it is acknowledged")
    func endsOrders() {
        var dialect = SSIDialect()
        let sent = dialect.order([0xE6, 0], at: start)
        #expect(sent == [.send([0x05, 0xE6, 0x04, 0x00, 0x00, 0xFF, 0x11], endsOrder: false)])
        #expect(dialect.take(packet(0xD0), at: start) == [.told(isFollowed: true)])
        #expect(dialect.deadline == nil)
    }

    @Test("An order that is not acknowledged is sent twice more with the bit that says so, then given up")
    func resendsOrders() {
        var dialect = SSIDialect()
        _ = dialect.order([0xE9], at: start)
        let again = LineOutcome.send([0x04, 0xE9, 0x04, 0x01, 0xFF, 0x0E], endsOrder: false)
        #expect(dialect.expire(at: start + .seconds(2)) == [again])
        #expect(dialect.take(packet(0xD1, [1]), at: start + .seconds(3)) == [again])
        #expect(dialect.expire(at: start + .seconds(5)) == [.ignored(.unanswered), .told(isFollowed: false)])
        #expect(dialect.deadline == nil)
    }

    @Test("A refused order is not sent again")
    func takesRefusals() {
        var dialect = SSIDialect()
        _ = dialect.order([0xE9], at: start)
        #expect(dialect.take(packet(0xD1, [6]), at: start) == [.ignored(.refused(6)), .told(isFollowed: false)])
    }

    @Test("The revision is an answer and no scan, and ends the question")
    func answers() {
        var dialect = SSIDialect()
        _ = dialect.order([0xA3], at: start)
        #expect(dialect.take(packet(0xA4, [0x41]), at: start) == [.answer([0x41]), .told(isFollowed: true)])
    }

    @Test("Scanning is switched on by E9 and off by EA, as Zebra's guides have it")
    func arms() {
        let words = SSIDialect.words
        #expect(words.message(.allowRead, isPrevented: true)?.bytes == [0xE9])
        #expect(words.message(.preventRead, isPrevented: false)?.bytes == [0xEA])
        #expect(words.message(.begin, isPrevented: false)?.bytes == [0xC6, 0xFF, 0xEE, 0x01])
    }
}
