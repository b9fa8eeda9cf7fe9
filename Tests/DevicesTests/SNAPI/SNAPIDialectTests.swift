import Testing

@testable import Devices

@Suite struct SNAPIDialectTests {
    private let start = ContinuousClock.now

    private func report(_ text: String, _ index: UInt8 = 0, of count: UInt8 = 1, code: UInt8 = 11) -> [UInt8] {
        let data = Array(text.utf8)
        return [0x22, count, index, UInt8(data.count), code, 0] + data + [UInt8](repeating: 0, count: 26 - data.count)
    }

    private func acknowledgement(_ report: UInt8 = 0x22, _ status: UInt8 = 1) -> LineOutcome {
        .send([0x01, report, status, 0x00], endsOrder: false)
    }

    @Test("A label is acknowledged and has the symbology of its code type")
    func reads() {
        var dialect = SNAPIDialect()
        let outcomes = dialect.take(report("4006381333931"), at: start)
        #expect(outcomes.first == acknowledgement() && outcomes.last?.text == "4006381333931")
        guard case .scan(let scan) = outcomes.last else { return #expect(Bool(false), "no scan") }
        #expect(scan.label().symbology == .ean13)
    }

    @Test("Every packet of a long label is acknowledged, and a repeated one is taken once")
    func joinsPackets() {
        var dialect = SNAPIDialect()
        #expect(dialect.take(report("AB", 0, of: 3), at: start) == [acknowledgement()])
        #expect(dialect.take(report("AB", 0, of: 3), at: start) == [acknowledgement(), .ignored(.repeated)])
        #expect(dialect.take(report("CD", 1, of: 3), at: start) == [acknowledgement()])
        #expect(dialect.take(report("E", 2, of: 3), at: start).compactMap(\.text) == ["ABCDE"])
    }

    @Test("A label that comes again because its acknowledgement was not taken is one scan; read again, it is another")
    func tellsRepeats() {
        let acknowledged: [UInt8] = [0x01, 0x22, 1, 0]
        var dialect = SNAPIDialect()
        #expect(dialect.take(report("SAME"), at: start).compactMap(\.text) == ["SAME"])
        dialect.sent(acknowledged, isTaken: false, at: start + .milliseconds(500))
        // However often the scanner tries.
        for _ in 0..<2 {
            let again = dialect.take(report("SAME"), at: start + .seconds(1))
            #expect(again == [acknowledgement(), .ignored(.repeated)])
        }
        dialect.sent(acknowledged, isTaken: true, at: start + .seconds(1))
        #expect(dialect.take(report("SAME"), at: start + .seconds(1)).compactMap(\.text) == ["SAME"])
        dialect.sent(acknowledged, isTaken: false, at: start + .seconds(1))
        #expect(dialect.take(report("OTHER"), at: start + .seconds(2)).compactMap(\.text) == ["OTHER"])
        dialect.sent(acknowledged, isTaken: false, at: start + .seconds(2))
        #expect(dialect.take(report("OTHER"), at: start + .seconds(9)).compactMap(\.text) == ["OTHER"])
    }

    @Test("A large label counts its packets with two bytes, the higher one first")
    func readsLarge() {
        var dialect = SNAPIDialect()
        for index in 0..<300 {
            let bytes: [UInt8] = [0x26, 1, 0x2C, UInt8(index >> 8), UInt8(index & 255), 1, 28, 0, 0x41, 0, 0]
            let outcomes = dialect.take(bytes, at: start)
            #expect(outcomes.first == acknowledgement(0x26))
            if index == 299 { #expect(outcomes.last?.text == String(repeating: "A", count: 300)) }
        }
    }

    @Test("A label of which a packet is missing is dropped, and the next one is whole", arguments: [1, 2, 3])
    func dropsHoles(missing: UInt8) {
        var dialect = SNAPIDialect()
        var outcomes: [LineOutcome] = []
        for index in UInt8(0)...3 where index != missing {
            outcomes += dialect.take(report("A\(index)", index, of: 4), at: start)
        }
        if missing == 3 { outcomes += dialect.expire(at: start + .seconds(2)) }
        #expect(outcomes.contains(.ignored(.fragmentsMissing)) && outcomes.compactMap(\.text).isEmpty)
        #expect(dialect.take(report("B"), at: start + .seconds(2)).compactMap(\.text) == ["B"])
    }

    @Test("Another label's first packet ends the one under way, which is dropped")
    func beginsAnew() {
        var dialect = SNAPIDialect()
        _ = dialect.take(report("AB", 0, of: 2), at: start)
        let outcomes = dialect.take(report("C"), at: start)
        #expect(outcomes.contains(.ignored(.fragmentsMissing)) && outcomes.compactMap(\.text) == ["C"])
    }

    @Test("A report that ends before its data does is answered with an error and is no scan")
    func refusesCutReports() {
        let whole = report("4006381333931")
        for count in 1..<19 {
            var dialect = SNAPIDialect()
            let outcomes = dialect.take(Array(whole.prefix(count)), at: start)
            #expect(outcomes == [.ignored(.fragmentsMissing), acknowledgement(0x22, 2)], "\(count) bytes")
        }
    }

    @Test("An order ends with the status of its report, and not with another's")
    func endsOrders() {
        var dialect = SNAPIDialect()
        #expect(dialect.order([0x04, 0], at: start) == [.send([0x04, 0], endsOrder: false)])
        #expect(!dialect.take([0x21, 0x02, 1, 0], at: start).contains(.told(isFollowed: true)))
        #expect(dialect.take([0x21, 0x04, 1, 0], at: start).last == .told(isFollowed: true))
        #expect(dialect.deadline == nil)
    }

    @Test("An order that is refused or not answered is given up")
    func givesUpOrders() {
        var dialect = SNAPIDialect()
        _ = dialect.order([0x06, 0], at: start)
        #expect(dialect.take([0x21, 0x06, 3, 0], at: start) == [.ignored(.refused(3)), .told(isFollowed: false)])
        _ = dialect.order([0x06, 0], at: start)
        #expect(dialect.expire(at: start + .seconds(2)) == [.ignored(.unanswered), .told(isFollowed: false)])
    }

    @Test("Empty reports and what carries no label are passed over")
    func passesOver() {
        var dialect = SNAPIDialect()
        #expect(dialect.take([], at: start).isEmpty)
        #expect(dialect.take([0x24, 1, 2], at: start) == [.ignored(.other(0x24))])
        #expect(dialect.take([0x21], at: start) == [.ignored(.other(0x21))])
    }
}
