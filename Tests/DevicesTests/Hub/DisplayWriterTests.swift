import Testing

@testable import Devices

@Suite struct DisplayWriterTests {
    private let start = ContinuousClock.now

    private func writer(_ name: String) throws -> DisplayWriter {
        let encoder = SerialDisplayEncoder(dialect: try #require(DisplayDialect.known[name]))
        return DisplayWriter(encoder: encoder, size: .standard, triesMax: 3)
    }

    private func bytes(_ write: DisplayWrite?) -> [UInt8] { if case .bytes(let bytes) = write { bytes } else { [] } }

    @Test("A line that runs faster than the display takes it starves no other row")
    func isFair() throws {
        var writer = try writer("cd5220")
        let effects = DisplayEffects(marqueeStep: .milliseconds(200))
        writer.show(DisplayScreen(["A line that is too long for it", "B"], effects: effects), now: start)
        #expect(bytes(writer.next()).starts(with: [0x1B, 0x40]))
        _ = writer.ended(true)
        for round in 0..<4 {
            let write = bytes(writer.next())
            let expected: UInt8 = round == 1 ? 0x42 : 0x41
            #expect(write.starts(with: [0x1B, 0x51, expected]), "write \(round)")
            // The next step is due before the display has taken this one.
            writer.elapse(to: start + .milliseconds(250) * (round + 1))
            _ = writer.ended(true)
        }
    }

    @Test("A display that was reset is told everything again, its cursor last")
    func tellsAgain() throws {
        var writer = try writer("epson")
        let effects = DisplayEffects(
            blinkTime: .milliseconds(500), brightness: 2, cursor: DisplayCursor(row: 1, column: 1))
        writer.show(DisplayScreen(["A", "B"], effects: effects), now: start)
        func all() -> [[UInt8]] {
            var writes: [[UInt8]] = []
            while let write = writer.next() {
                writes.append(bytes(write))
                _ = writer.ended(true)
            }
            return writes
        }
        let first = all()
        #expect(first.count == 6 && first.last == [0x1F, 0x24, 1, 1, 0x1F, 0x43, 1])
        #expect(all().isEmpty)
        writer.forget()
        #expect(all() == first)
    }
}
