import Testing

@testable import Devices

@Suite struct HIDDisplayEncoderTests {
    private func encoder(_ bytes: [UInt8] = SyntheticDisplay.reportDescriptor) throws -> HIDDisplayEncoder {
        try HIDDisplayEncoder(descriptor: HIDReportDescriptor(bytes))
    }

    private func reports(_ writes: [DisplayWrite]) -> [HIDOutgoingReport] {
        writes.compactMap { if case .report(let report) = $0 { report } else { nil } }
    }

    @Test("What the encoder writes the display shows")
    func writesRows() throws {
        let encoder = try encoder()
        var display = SyntheticDisplay()
        var model = DisplayModel()
        for row in model.show(["Welcome, Kari!", "Bonuses 12.50"], now: .now) {
            for report in reports(encoder.write(row: row, of: model.rows, size: .standard)) {
                display.take(report.bytes)
            }
        }
        #expect(display.lines == model.lines)
        for report in reports(encoder.reset()) { display.take(report.bytes) }
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
        let rows = ["", line].map { DisplayRow($0, columns: columns, pages: []) }
        for report in reports(encoder.write(row: 1, of: rows, size: size)) {
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
            let rows = Array(repeating: DisplayRow("A", columns: size.columns, pages: []), count: size.rows)
            let reports = reports(encoder.write(row: size.rows - 1, of: rows, size: size))
            #expect(reports.count <= 3 * size.columns, "seed \(seed)")
            #expect(reports.allSatisfy { $0.bytes.count <= HIDLimits.standard.reportBytesMax }, "seed \(seed)")
        }
    }

    /// A display with a report 5 of brightness 0 to 8 and enable, and a report 6 of a cursor's row and column from 1 and whether
    /// it is seen. Composed from the usage tables: no such display is known.
    private static let able = HIDFixtures.bytes(
        "0514 0901 a101 1500 26ff00 7508 8503 092c 9514 9102"
            + "8505 2508 9501 0946 9102 2501 0926 9102 8506 1501 2514 0933 0934 9502 9102 1500 2501 0939 9501 9102 c0")

    @Test("Brightness and cursor are told where the descriptor says, and a display that is told something stays on")
    func tellsTraits() throws {
        let encoder = try encoder(Self.able)
        #expect(encoder.abilities == [.brightness, .cursor])
        func told(_ trait: DisplayTrait) -> [[UInt8]] {
            reports(encoder.tell(trait, size: .standard)).map(\.bytes)
        }
        #expect(told(.brightness(1)) == [[5, 2, 1]] && told(.brightness(4)) == [[5, 8, 1]])
        #expect(told(.cursor(DisplayCursor(row: 2, column: 20))) == [[6, 2, 20, 1]])
        #expect(told(.cursor(nil)) == [[6, 0, 0, 0]])
        #expect(told(.cursor(DisplayCursor(row: 3, column: 1))) == [] && told(.blink(.seconds(1))) == [])
    }

    @Test("A display whose descriptor has neither is told nothing")
    func lacksTraits() throws {
        let encoder = try encoder()
        #expect(encoder.abilities == [])
        for trait in [.brightness(2), .cursor(nil), .cursor(DisplayCursor(row: 1, column: 1))] as [DisplayTrait] {
            #expect(encoder.tell(trait, size: .standard) == [])
        }
    }
}
