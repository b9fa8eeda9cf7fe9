import Testing

@testable import Devices

@Suite struct HIDPOSDecoderTests {
    private let start = ContinuousClock.now

    private func scanner() throws -> HIDPOSDecoder {
        try HIDPOSDecoder(descriptor: HIDReportDescriptor(HIDFixtures.scanner))
    }

    /// A report of the Honeywell and Access-IS layout.
    private func report(
        _ data: [UInt8], aim: String = "]Q0", code: UInt8 = 0x73, more: Bool = false, count: Int? = nil
    ) -> [UInt8] {
        [2, UInt8(count ?? data.count)] + aim.utf8 + data + [UInt8](repeating: 0, count: 56 - data.count)
            + [code, 0, more ? 1 : 0]
    }

    @Test("A 60-byte QR code comes in two reports and is one scan")
    func joinsAccessISReports() throws {
        let text = Array("https://example.com/card/0123456789012345678901234567890123".utf8) + [0x41]
        #expect(text.count == 60)
        var decoder = try scanner()
        let first = report(Array(text[..<56]), more: true)
        let second = report(Array(text[56...]))
        #expect(first.count == 64 && first[1] == 0x38 && first[63] == 1 && second[1] == 4 && second[63] == 0)
        #expect(decoder.decode(report: first, at: start) == .more)
        #expect(
            decoder.decode(report: second, at: start)
                == .scan(HIDPOSScan(data: text, identifier: AIMIdentifier("]Q0"), vendorCode: 0x73, reports: 2)))
    }

    @Test("The published sample of a Honeywell scanner is EAN-13 3046920029759")
    func decodesPublishedSample() throws {
        // As WebHID hands it over, the report id stripped; the value is the one its README gives.
        let sample = HIDFixtures.bytes("0D5D4530") + Array("3046920029759".utf8) + [UInt8](repeating: 0, count: 43)
        let bytes = [2] + sample + [0x64, 0x45, 0x00]
        #expect(bytes.count == 64)
        var decoder = try scanner()
        guard case .scan(let scan) = decoder.decode(report: bytes, at: start) else {
            Issue.record("no scan")
            return
        }
        #expect(
            scan
                == HIDPOSScan(
                    data: Array("3046920029759".utf8), identifier: AIMIdentifier("]E0"), vendorCode: 0x64, reports: 1))
        #expect(scan.label().symbology == .ean13)
    }

    @Test("The answers of a Voyager 1602g to REVINF. are no scans")
    func ignoresCommandAnswers() throws {
        var decoder = try scanner()
        let answers = [
            [2, 0x38] + Array("]X0Product Name: Voyager 1602g\r\nBoot Revision: : 8992\r\nSoft".utf8) + [0x3F, 0, 1],
            [2, 9] + Array("]X0um: N/A\r\n".utf8) + [UInt8](repeating: 0, count: 47) + [0x3F, 0, 0],
            [2, 8] + Array("]Z6REVINF".utf8) + [0x06, 0x2E] + [UInt8](repeating: 0, count: 48) + [0x36, 0, 0],
        ]
        for answer in answers {
            #expect(answer.count == 64)
            #expect(decoder.decode(report: answer, at: start) == .ignored(.commandAnswer))
        }
        let revision = decoder.takeRevision().map { String(decoding: $0, as: UTF8.self) }
        #expect(revision == "Product Name: Voyager 1602g\r\nBoot Revision: : 8992\r\nSoftum: N/A\r\n")
        #expect(decoder.takeRevision() == nil && decoder.takeLoss() == nil)
        let other = report(Array("X".utf8), aim: "]X0", code: 0x41)
        #expect(decoder.decode(report: other, at: start) != .ignored(.commandAnswer))
    }

    @Test("An answer to another command, and one that the scanner did not know, is no revision")
    func otherAnswers() throws {
        var decoder = try scanner()
        for status in ["BEPPWR\u{6}.", "REVINF\u{5}."] {
            _ = decoder.decode(report: report(Array("words".utf8), aim: "]X0", code: 0x3F), at: start)
            _ = decoder.decode(report: report(Array(status.utf8), aim: "]Z6", code: 0x36), at: start)
            #expect(decoder.takeRevision() == nil)
        }
        for _ in 0..<200 {
            _ = decoder.decode(report: report(Array(repeating: 0x41, count: 56), aim: "]X0", code: 0x3F), at: start)
        }
        _ = decoder.decode(report: report(Array("REVINF\u{6}.".utf8), aim: "]Z6", code: 0x36), at: start)
        let length = decoder.takeRevision()?.count ?? 0
        #expect(length > 4_000 && length <= HIDPOSLimits.standard.answerBytesMax)
    }

    @Test("A command answer between two reports of a scan leaves the scan alone")
    func keepsScanBesideAnswer() throws {
        var decoder = try scanner()
        #expect(decoder.decode(report: report(Array(repeating: 0x41, count: 56), more: true), at: start) == .more)
        let answer = report(Array("REVINF".utf8), aim: "]Z6", code: 0x36)
        #expect(decoder.decode(report: answer, at: start) == .ignored(.commandAnswer))
        guard case .scan(let scan) = decoder.decode(report: report([0x42]), at: start) else {
            Issue.record("no scan")
            return
        }
        #expect(scan.data.count == 57 && scan.reports == 2)
    }

    @Test("The lab's scanner has no vendor byte")
    func decodesLabScanner() throws {
        var decoder = try HIDPOSDecoder(descriptor: HIDReportDescriptor(HIDFixtures.labScanner))
        let bytes = [2, 13] + Array("]E04006381333931".utf8) + [UInt8](repeating: 0, count: 44)
        #expect(
            decoder.decode(report: bytes, at: start)
                == .scan(
                    HIDPOSScan(
                        data: Array("4006381333931".utf8), identifier: AIMIdentifier("]E0"), vendorCode: nil, reports: 1
                    )))
    }

    @Test("A report longer than declared is read, and one that ends behind its data too")
    func takesOtherLengths() throws {
        var decoder = try scanner()
        let scan = HIDPOSOutcome.scan(
            HIDPOSScan(data: [0x41, 0x42], identifier: AIMIdentifier("]Q0"), vendorCode: 0x73, reports: 1))
        #expect(decoder.decode(report: report([0x41, 0x42]) + [9, 9, 9], at: start) == scan)
        let short = Array(report([0x41, 0x42]).prefix(7))
        #expect(
            decoder.decode(report: short, at: start)
                == .scan(HIDPOSScan(data: [0x41, 0x42], identifier: AIMIdentifier("]Q0"), vendorCode: 0, reports: 1)))
    }

    @Test("A report cut short at any byte gives the whole label or none")
    func neverCutsLabels() throws {
        for count in [1, 13, 55, 56] {
            let data = (0..<count).map { UInt8(0x41 + $0 % 26) }
            let whole = report(data, more: false)
            for length in 0..<whole.count {
                var decoder = try scanner()
                if case .scan(let scan) = decoder.decode(report: Array(whole.prefix(length)), at: start) {
                    #expect(scan.data == data, "\(count) bytes cut at \(length)")
                }
            }
        }
    }

    @Test("A byte count beyond the field, no data, unknown and vendor reports are no scans")
    func ignoresOthers() throws {
        var decoder = try scanner()
        let outcomes = [
            report([0x41], count: 57), report([]), report([0x0D]), [], [3, 1, 2], [0, 1, 2], [0xF0, 1, 2], [4, 1], [2],
            report([0x41], aim: "]E0").dropLast(60).map { $0 },
        ].map { decoder.decode(report: $0, at: start) }
        let reasons: [HIDPOSIgnored] = [
            .byteCountTooLarge(declared: 57, capacity: 56), .noData, .noData, .emptyReport, .unknownReport(id: 3),
            .unknownReport(id: 0), .otherReport(id: 0xF0), .unknownReport(id: 4), .noData, .truncated,
        ]
        #expect(outcomes == reasons.map { .ignored($0) })
    }

    @Test(
        "The suffix that some scanners keep is no part of the label",
        arguments: [
            ([0x41, 0x0D], [0x41]), ([0x41, 0x0D, 0x0A], [0x41]), ([0x41, 0x0A], [0x41, 0x0A]),
            ([0x41, 0x0D, 0x0D], [0x41, 0x0D]), ([0x1D, 0x41], [0x1D, 0x41]),
            ([0x00, 0x41, 0x00], [0x00, 0x41, 0x00]),
        ] as [([UInt8], [UInt8])])
    func stripsSuffix(data: [UInt8], label: [UInt8]) throws {
        var decoder = try scanner()
        guard case .scan(let scan) = decoder.decode(report: report(data), at: start) else {
            Issue.record("no scan")
            return
        }
        #expect(scan.data == label)
    }

    @Test("Symbology bytes that are no AIM identifier give none")
    func takesOnlyAIM() throws {
        var decoder = try scanner()
        for aim in ["\0\0\0", "E04", "]\0\0", "]0E", "]E "] {
            guard case .scan(let scan) = decoder.decode(report: report([0x41], aim: aim), at: start) else {
                Issue.record("no scan")
                return
            }
            #expect(scan.aim == nil)
        }
    }

    @Test("A report is described by names, whatever it is")
    func describes() throws {
        let decoder = try scanner()
        let lines = decoder.describe(report(Array("4006381333931".utf8), aim: "]E0", code: 0x64))
        #expect(lines.first { $0.name == "byte count" }?.value == "13")
        #expect(lines.first { $0.name == "symbology 2" }?.value == "\"E\"")
        #expect(lines.first { $0.name == "decoded data" }?.value == "\"4006381333931\"")
        #expect(lines.first { $0.name == "data continued" }?.value == "0 0 0 0 0 0 0 0")
        #expect(decoder.describe([7, 1]).map(\.value) == ["07 01"])
        #expect(decoder.describe([2]).map(\.name) == ["report"])
        #expect(decoder.describe([]).isEmpty)
    }
}
