import Testing

@testable import Devices

@Suite struct VirtualScannerTests {
    @Test("Its descriptor is the real scanner's, byte for byte")
    func hasRealDescriptor() {
        #expect(VirtualScanner.reportDescriptor == HIDFixtures.scanner)
    }

    @Test("Sixty bytes come as the makers' manuals show: 56 with more to follow, then four")
    func fragments() {
        let reports = VirtualScanner.reports([UInt8](repeating: 0x30, count: 60), aim: "]Q0")
        #expect(reports.map(\.count) == [64, 64])
        #expect(reports.map { Array($0.prefix(5)) } == [[2, 0x38, 0x5D, 0x51, 0x30], [2, 4, 0x5D, 0x51, 0x30]])
        #expect(reports.map(\.last) == [1, 0])
    }

    @Test("A boot keyboard's descriptor is a keyboard's, and its reports type the text")
    func types() throws {
        let text = "Az09 -/:?\"\\~"
        var decoder = try WedgeDecoder(
            descriptor: HIDReportDescriptor(VirtualWedge.reportDescriptor), settings: WedgeSettings())
        let outcomes = VirtualWedge.reports(text + "\n").map { decoder.decode(report: $0, at: .now) }
        let scans = outcomes.compactMap { if case .scan(let scan) = $0 { scan } else { nil } }
        #expect(scans.map { String(decoding: $0.data, as: UTF8.self) } == [text])
    }
}
