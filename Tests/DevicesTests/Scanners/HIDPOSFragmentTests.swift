import Testing

@testable import Devices

@Suite struct HIDPOSFragmentTests {
    private let start = ContinuousClock.now

    private func scanner(_ limits: HIDPOSLimits = .standard) throws -> HIDPOSDecoder {
        try HIDPOSDecoder(descriptor: HIDReportDescriptor(HIDFixtures.labScanner), limits: limits)
    }

    private func report(_ letter: Character, _ count: Int, more: Bool, aim: String = "]Q1") -> [UInt8] {
        [2, UInt8(count)] + aim.utf8 + [UInt8](repeating: letter.asciiValue ?? 0, count: count)
            + [UInt8](repeating: 0, count: 56 - count) + [more ? 1 : 0]
    }

    private func text(_ outcome: HIDPOSOutcome) -> String? {
        guard case .scan(let scan) = outcome else { return nil }
        return String(decoding: scan.data, as: UTF8.self)
    }

    @Test("A scan whose next report is overdue is given up, and the next scan is whole")
    func givesUpLateScans() throws {
        var decoder = try scanner()
        #expect(decoder.decode(report: report("A", 56, more: true), at: start) == .more)
        #expect(decoder.deadline == start + .seconds(1))
        #expect(text(decoder.decode(report: report("B", 2, more: false), at: start + .seconds(1.001))) == "BB")
        #expect(decoder.abandonedScans == 1)
        #expect(decoder.deadline == nil)
    }

    @Test("The wait begins anew with each report")
    func waitsFromLastReport() throws {
        var decoder = try scanner()
        for step in 0..<5 {
            let now = start + .seconds(step)
            #expect(decoder.decode(report: report("A", 1, more: true), at: now) == .more)
        }
        #expect(text(decoder.decode(report: report("B", 1, more: false), at: start + .seconds(5))) == "AAAAAB")
    }

    @Test("Expiring gives up what is overdue and nothing else")
    func expires() throws {
        var decoder = try scanner()
        #expect(decoder.decode(report: report("A", 56, more: true), at: start) == .more)
        decoder.expire(at: start + .seconds(1))
        #expect(decoder.abandonedScans == 0)
        decoder.expire(at: start + .seconds(2))
        #expect(decoder.abandonedScans == 1)
        decoder.expire(at: start + .seconds(9))
        #expect(decoder.abandonedScans == 1)
    }

    @Test("Pulling the plug forgets the scan under way")
    func resets() throws {
        var decoder = try scanner()
        #expect(decoder.decode(report: report("A", 56, more: true), at: start) == .more)
        decoder.reset()
        #expect(decoder.takeLoss() == nil)
        #expect(text(decoder.decode(report: report("B", 2, more: false), at: start)) == "BB")
    }

    @Test("Another symbology begins another scan")
    func beginsAnew() throws {
        var decoder = try scanner()
        #expect(decoder.decode(report: report("A", 56, more: true), at: start) == .more)
        #expect(decoder.takeLoss() == nil)
        #expect(text(decoder.decode(report: report("B", 3, more: false, aim: "]E0"), at: start)) == "BBB")
        #expect(decoder.abandonedScans == 1)
        #expect(decoder.takeLoss() == .fragmentsMissing)
        #expect(decoder.takeLoss() == nil)
    }

    @Test("A continuation without symbology belongs to the scan under way")
    func takesBareContinuation() throws {
        var decoder = try scanner()
        #expect(decoder.decode(report: report("A", 1, more: true), at: start) == .more)
        #expect(text(decoder.decode(report: report("B", 1, more: false, aim: "\0\0\0"), at: start)) == "AB")
    }

    @Test("A label of the greatest length is read; a longer one is refused as a whole")
    func boundsLabels() throws {
        var limits = HIDPOSLimits()
        limits.scanBytesMax = 112
        for extra in [0, 1] {
            var decoder = try scanner(limits)
            #expect(decoder.decode(report: report("A", 56, more: true), at: start) == .more)
            #expect(decoder.decode(report: report("B", 56, more: true), at: start) == .more)
            let last = decoder.decode(report: report("C", extra, more: false), at: start)
            #expect(extra == 0 ? text(last)?.count == 112 : last == .ignored(.scanTooLong))
            #expect(text(decoder.decode(report: report("D", 1, more: false), at: start)) == "D")
        }
    }

    @Test("Empty reports without end are refused too")
    func boundsReports() throws {
        var limits = HIDPOSLimits()
        limits.scanReportsMax = 3
        var decoder = try scanner(limits)
        for _ in 0..<3 { #expect(decoder.decode(report: report("A", 0, more: true), at: start) == .more) }
        #expect(decoder.decode(report: report("A", 1, more: false), at: start) == .ignored(.scanTooLong))
    }

    @Test("A broken report spoils its scan and none other", arguments: 0...2)
    func spoilsScan(broken: Int) throws {
        var decoder = try scanner()
        for step in 0...2 {
            var bytes = report("A", 10, more: step < 2)
            if step == broken { bytes[1] = 57 }
            let expected: HIDPOSOutcome =
                step < 2 ? .more : .ignored(.byteCountTooLarge(declared: 57, capacity: 56))
            #expect(decoder.decode(report: bytes, at: start) == expected)
        }
        #expect(decoder.takeLoss() == .byteCountTooLarge(declared: 57, capacity: 56))
        #expect(text(decoder.decode(report: report("B", 1, more: false), at: start)) == "B")
    }
}
