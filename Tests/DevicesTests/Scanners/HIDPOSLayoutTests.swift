import Testing

@testable import Devices

/// Scanners that put the parts of a scan elsewhere.
@Suite struct HIDPOSLayoutTests {
    private let start = ContinuousClock.now

    private func decoder(_ body: String) throws -> HIDPOSDecoder {
        try HIDPOSDecoder(descriptor: HIDFixtures.descriptor("058c0902a101 150026ff00 \(body) c0"))
    }

    private func text(_ outcome: HIDPOSOutcome) -> String? {
        guard case .scan(let scan) = outcome else { return nil }
        return (scan.aim ?? "") + String(decoding: scan.data, as: UTF8.self)
    }

    @Test("Data in front, the count behind, no report ids")
    func readsOtherOrder() throws {
        var decoder = try decoder("7508 9504 09fe 8102 9503 09fb09fc09fd 8102 9501 0501093b 8102")
        #expect(text(decoder.decode(report: Array("ABCD]E0".utf8) + [3], at: start)) == "]E0ABC")
    }

    @Test("Without a byte count the data ends at its last byte that is not NUL")
    func trimsNULs() throws {
        var decoder = try decoder("7508 9506 09fe 8102 7501 9501 09ff 8102 7507 8103")
        #expect(text(decoder.decode(report: [0x41, 0, 0x42, 0, 0, 0, 0], at: start)) == "A\0B")
        #expect(decoder.decode(report: [0, 0, 0, 0, 0, 0, 0], at: start) == .ignored(.noData))
        #expect(text(decoder.decode(report: [0x41, 0x42], at: start)) == "AB")
        // A report that says that more follows is full.
        #expect(decoder.decode(report: [0x41, 0, 0, 0, 0, 0, 1], at: start) == .more)
        #expect(text(decoder.decode(report: [0x42, 0, 0, 0, 0, 0, 0], at: start)) == "A\0\0\0\0\0B")
    }

    @Test("Data in two pieces around a status byte")
    func joinsPieces() throws {
        var decoder = try decoder("7508 9501 0501093b 8102 058c 9502 09fe 8102 9501 0957 8102 9502 09fe 8102")
        #expect(text(decoder.decode(report: [3, 0x41, 0x42, 0xFF, 0x43, 0x44], at: start)) == "ABC")
        #expect(text(decoder.decode(report: [1, 0x41, 0x42, 0xFF, 0x43, 0x44], at: start)) == "A")
        #expect(decoder.decode(report: [3, 0x41, 0x42, 0xFF], at: start) == .ignored(.truncated))
    }

    @Test("Data that begins inside a byte, of seven bits each")
    func readsUnaligned() throws {
        var decoder = try decoder("7503 9501 0501093b 8102 058c 7507 9503 09fe 8102")
        // 011, then 1000001, 1000010, 1000011 from the lowest bit up.
        let bits = 0b011 | 0x41 << 3 | 0x42 << 10 | 0x43 << 17
        let report = [UInt8(bits & 255), UInt8(bits >> 8 & 255), UInt8(bits >> 16)]
        #expect(text(decoder.decode(report: report, at: start)) == "ABC")
    }

    @Test("Data of eight bits that begins inside a byte")
    func readsShiftedBytes() throws {
        var decoder = try decoder("7504 9501 0501093b 8102 058c 7508 9502 09fe 8102 7504 9501 8103")
        #expect(text(decoder.decode(report: [0x12, 0x24, 0x04], at: start)) == "AB")
    }

    @Test(
        "One wide element, and an array whose only usage is the data",
        arguments: [
            "7518 9501 09fe 8102", "7508 9503 09fe 8100",
        ])
    func readsOddFields(body: String) throws {
        var decoder = try decoder(body)
        #expect(text(decoder.decode(report: [0x41, 0x42, 0x43], at: start)) == "ABC")
    }

    @Test("A byte count of 16 bits counts a long field")
    func readsWideCount() throws {
        var decoder = try decoder("7510 9501 0501093b 8102 058c 7508 962c01 09fe 8102")
        let data = [UInt8](repeating: 0x41, count: 300)
        #expect(text(decoder.decode(report: [0x2C, 0x01] + data, at: start))?.count == 300)
    }

    @Test("Symbology and length in a report of their own, data in the next ones")
    func readsAcrossReports() throws {
        var decoder = try decoder(
            "8501 7508 9501 0501093b 8102 058c 9503 09fb09fc09fd 8102 8502 9504 09fe 8102")
        for label in ["ABCDEF", "AB", "ABCD"] {
            let bytes = Array(label.utf8)
            #expect(decoder.decode(report: [1, UInt8(bytes.count)] + Array("]Q1".utf8), at: start) == .more)
            let chunks = stride(from: 0, to: bytes.count, by: 4).map { Array(bytes[$0..<min($0 + 4, bytes.count)]) }
            let outcomes = chunks.map { decoder.decode(report: [2] + $0 + [0, 0, 0, 0], at: start) }
            #expect(text(try #require(outcomes.last)) == "]Q1" + label)
            #expect(outcomes.dropLast().allSatisfy { $0 == .more })
        }
        // What was announced too long ago does not count any more.
        #expect(decoder.decode(report: [1, 2] + Array("]Q1".utf8), at: start) == .more)
        #expect(text(decoder.decode(report: [2, 0x41, 0x42, 0x43, 0], at: start + .seconds(2))) == "ABC")
    }

    @Test("Two reports of different size for scans")
    func readsTwoReports() throws {
        var decoder = try decoder(
            "7508 8501 9501 0501093b 8102 058c 9502 09fe 8102 8502 9501 0501093b 8102 058c 9506 09fe 8102")
        #expect(text(decoder.decode(report: [1, 2, 0x41, 0x42], at: start)) == "AB")
        #expect(text(decoder.decode(report: [2, 5, 0x41, 0x42, 0x43, 0x44, 0x45, 0], at: start)) == "ABCDE")
    }

    @Test("The rest of a scan in another report than its beginning")
    func joinsTwoReports() throws {
        let part = "9501 0501093b 8102 058c 9502 09fe 8102 9501 09ff 8102"
        var decoder = try decoder("7508 8501 \(part) 8502 \(part)")
        #expect(decoder.decode(report: [1, 2, 0x41, 0x42, 1], at: start) == .more)
        #expect(text(decoder.decode(report: [2, 1, 0x43, 0, 0], at: start)) == "ABC")
    }

    @Test(
        "False friends are refused, with the reason",
        arguments: [
            (HIDFixtures.falseFriend, "8c:01"), (HIDFixtures.scannerWithoutData, "decoded data"),
            (HIDFixtures.labKeyboard, "01:06"), ([], "none"),
            // Decoded data in a vendor's collection beside a scanner's, and as an output.
            (HIDFixtures.bytes("058c0902a101c0 068cff0902a101 058c09fe750895088102c0"), "decoded data"),
            (HIDFixtures.bytes("058c0902a10109fe750895089102c0"), "decoded data"),
        ] as [([UInt8], String)])
    func refusesFalseFriends(bytes: [UInt8], reason: String) throws {
        let descriptor = try HIDReportDescriptor(bytes)
        let error = #expect(throws: DevicesError.self) { try HIDPOSDecoder(descriptor: descriptor) }
        #expect(error?.code == .notAScanner)
        #expect(error?.message.contains(reason) == true)
    }

    @Test("A scanner beside a keyboard's and a vendor's collection is found")
    func findsScannerAmongOthers() throws {
        let others =
            "06 8cff 0901 a101 850a 7508 9508 09fe 8102 c0 0501 0906 a101 850b 0507 19e0 29e7 7501 9508 8102 c0"
        let scanner = "058c 0902 a101 8502 7508 9502 09fe 8102 c0"
        var decoder = try HIDPOSDecoder(descriptor: HIDFixtures.descriptor(others + scanner))
        #expect(text(decoder.decode(report: [2, 0x41, 0x42], at: start)) == "AB")
        #expect(decoder.decode(report: [10, 0x41, 0x42], at: start) == .ignored(.otherReport(id: 10)))
    }

    @Test("Any report gives a scan within bounds or none", arguments: 1...10)
    func survivesAnything(seed: UInt64) {
        var source = HIDRandomSource(seed: seed)
        for round in 0..<200 {
            let descriptor = Bool.random(using: &source) ? HIDFixtures.scanner : HIDMutation.descriptor(using: &source)
            let reports = (0..<8).map { _ in HIDMutation.noise(using: &source) }
            let input = HIDPOSProperties.input(descriptor: descriptor, reports: reports)
            #expect(HIDPOSProperties.decodingHolds(input) == nil, "seed \(seed), round \(round): \(input)")
        }
    }
}
