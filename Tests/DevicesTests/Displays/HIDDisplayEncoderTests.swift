import Testing

@testable import Devices

@Suite struct HIDDisplayEncoderTests {
    private func encoder(_ bytes: [UInt8] = SyntheticDisplay.reportDescriptor) throws -> HIDDisplayEncoder {
        try HIDDisplayEncoder(descriptor: HIDReportDescriptor(bytes))
    }

    @Test("What the encoder writes the display shows")
    func writesRows() throws {
        let encoder = try encoder()
        var display = SyntheticDisplay()
        var model = DisplayModel()
        for row in model.show(["Welcome, Kari!", "Bonuses 12.50"]) {
            for report in encoder.write(row: row, of: model.lines, size: .standard) { display.take(report.bytes) }
        }
        #expect(display.lines == model.lines)
        if let clear = encoder.clear() { display.take(clear.bytes) }
        #expect(display.lines.allSatisfy { $0.allSatisfy { $0 == " " } } && display.isEnabled)
    }

    @Test("The size is read from the attributes report")
    func readsSize() throws {
        let encoder = try encoder()
        #expect(encoder.sizeRequest == HIDReport.Key(.feature, id: 1) && encoder.sizeAnswerBytes == 4)
        #expect(encoder.size(from: [1, 4, 20, 1]) == DisplaySize(rows: 4, columns: 20))
        for answer in [[], [1], [1, 2], [2, 2, 20, 1], [1, 0, 20, 1], [1, 200, 20, 1]] as [[UInt8]] {
            #expect(encoder.size(from: answer) == nil)
        }
    }

    @Test("A narrow field takes a line in pieces", arguments: [(8, 20), (20, 40), (7, 9)])
    func writesPieces(field: Int, columns: Int) throws {
        let count = UInt8(field)
        let descriptor =
            HIDFixtures.bytes("0514 0901 a101 1500 26ff00 7508 9502 0933 0934 9102 95")
            + [count] + HIDFixtures.bytes("092c 9102 c0")
        let encoder = try encoder(descriptor)
        let size = try #require(DisplaySize(rows: 2, columns: columns))
        let line = String((0..<columns).map { Character(Unicode.Scalar(UInt8(0x41 + $0 % 26))) })
        var cells = [UInt8](repeating: 0, count: columns)
        for report in encoder.write(row: 1, of: ["", line], size: size) {
            #expect(report.bytes[0] == 1)
            for index in 0..<field where Int(report.bytes[1]) + index < columns {
                cells[Int(report.bytes[1]) + index] = report.bytes[2 + index]
            }
        }
        #expect(String(decoding: cells, as: UTF8.self) == line)
    }

    @Test(
        "What uses page 14 and is no character display is refused",
        arguments: [
            HIDFixtures.scanner, HIDFixtures.labKeyboard,
            // A keyboard's brightness, and a small graphic screen.
            HIDFixtures.bytes("0501 0906 a101 0514 0946 7508 9501 9102 c0"),
            HIDFixtures.bytes("0514 0902 a101 0980 7508 9501 9102 c0"),
            // Rows and columns without data, data without a cursor.
            HIDFixtures.bytes("0514 0901 a101 0935 0936 7508 9502 b103 c0"),
            HIDFixtures.bytes("0514 0901 a101 092c 7508 9514 9102 c0"),
        ])
    func refuses(bytes: [UInt8]) throws {
        let descriptor = try HIDReportDescriptor(bytes)
        #expect(throws: DevicesError.self) { try HIDDisplayEncoder(descriptor: descriptor) }
    }

    @Test("Broken descriptors are refused or written to within bounds", arguments: 0..<40)
    func survivesMutations(seed: UInt64) {
        var source = HIDRandomSource(seed: seed)
        for _ in 0..<50 {
            var bytes = SyntheticDisplay.reportDescriptor
            for _ in 0..<Int.random(in: 1...4, using: &source) {
                bytes[Int.random(in: 0..<bytes.count, using: &source)] = .random(in: 0...255, using: &source)
            }
            guard let encoder = try? encoder(bytes) else { continue }
            let noise = (0..<8).map { _ in UInt8.random(in: 0...255, using: &source) }
            let size = encoder.size(from: noise) ?? .standard
            let reports = encoder.write(row: size.rows - 1, of: Array(repeating: "A", count: size.rows), size: size)
            #expect(reports.count <= 3 * size.columns, "seed \(seed)")
            #expect(reports.allSatisfy { $0.bytes.count <= HIDLimits.standard.reportBytesMax }, "seed \(seed)")
        }
    }
}
