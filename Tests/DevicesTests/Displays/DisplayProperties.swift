@testable import Devices

/// What must hold for any display and whatever it is told to show, a customer's name of any bytes among it.
enum DisplayProperties {
    /// - Parameter input: what ``HIDPOSProperties/input(descriptor:reports:)`` makes of a report descriptor, the display's answer
    ///   about its size, and steps.
    /// - Returns: what is wrong, `nil` when nothing is.
    static func hidHolds(_ input: [UInt8]) -> String? {
        let (bytes, chunks) = HIDPOSProperties.parts(of: input)
        guard let descriptor = try? HIDReportDescriptor(bytes),
            let encoder = try? HIDDisplayEncoder(descriptor: descriptor)
        else { return nil }
        let size = chunks.first.flatMap { encoder.size(from: $0) } ?? .standard
        return holds(encoder, size, Array(chunks.dropFirst())) { write in
            guard case .report(let report) = write else { return "bytes for a HID display" }
            let known = descriptor.reports(report.key.kind).first { $0.key == report.key }
            return known?.byteCount == report.bytes.count ? nil : "a report of \(report.bytes.count) bytes"
        }
    }

    /// - Parameter input: bytes for the dialect, its brightness, the rows and the columns, then steps, each after a byte of length.
    /// - Returns: what is wrong, `nil` when nothing is.
    static func serialHolds(_ input: [UInt8]) -> String? {
        let names = DisplayDialect.known.keys.sorted()
        guard input.count >= 4, let dialect = DisplayDialect.known[names[Int(input[0]) % names.count]],
            let size = DisplaySize(rows: 1 + Int(input[2]) % 16, columns: 1 + Int(input[3]) % 80),
            dialect.canPlace(rowsOf: size)
        else { return nil }
        let encoder = SerialDisplayEncoder(dialect: dialect, brightness: input[1] % 5 == 0 ? nil : Int(input[1] % 5))
        let steps = HIDPOSProperties.parts(of: [0, 0] + input.dropFirst(4)).reports
        // The longest command is a row with its code page.
        return holds(encoder, size, steps) { write in
            guard case .bytes(let bytes) = write else { return "a report for a serial line" }
            return bytes.isEmpty || bytes.count > size.columns + 20 ? "a write of \(bytes.count) bytes" : nil
        }
    }

    /// A command is refused with words, or its bytes are those of its digits.
    static func commandHolds(_ input: [UInt8]) -> String? {
        do throws(DevicesError) {
            let template = try ByteTemplate(String(decoding: input, as: UTF8.self))
            let filled = template.bytes { _ in [0] }
            return filled.count <= (ByteTemplate.charactersMax + 1) / 2 ? nil : "\(filled.count) bytes of a command"
        } catch {
            return error.message.isEmpty ? "a refusal without words" : nil
        }
    }

    private static func holds(
        _ encoder: any DisplayEncoder, _ size: DisplaySize, _ steps: [[UInt8]], _ check: (DisplayWrite) -> String?
    ) -> String? {
        var writer = DisplayWriter(encoder: encoder, size: size, triesMax: 3)
        var model = DisplayModel(size: size, pages: encoder.pages, abilities: encoder.abilities)
        var now = ContinuousClock.now
        let writesMax = 3 * size.rows * size.columns + 16
        for step in steps {
            guard let kind = step.first else { continue }
            now += .milliseconds(Int(kind >> 2) * 20)
            switch kind & 3 {
            case 0, 1:
                let screen = screen(Array(step.dropFirst()))
                writer.show(screen, now: now)
                _ = model.show(screen, now: now)
            case 2:
                writer.elapse(to: now)
                _ = model.elapse(to: now)
            default:
                guard writer.next() != nil else { continue }
                _ = writer.ended(false)
            }
            if let complaint = rowsHold(model, size) { return complaint }
            var writes = 0
            while let write = writer.next() {
                writes += 1
                if writes > writesMax { return "more than \(writesMax) writes for a screen" }
                if let complaint = check(write) { return complaint }
                _ = writer.ended(true)
            }
            if let due = model.deadline(after: now), due <= now { return "a deadline that has passed" }
        }
        return nil
    }

    /// Every row is as long as the display is wide, and holds nothing that a display takes for a command.
    private static func rowsHold(_ model: DisplayModel, _ size: DisplaySize) -> String? {
        for row in model.rows {
            guard row.bytes.count == size.columns else { return "a row of \(row.bytes.count) bytes" }
            guard row.bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return "a control byte in a row" }
        }
        return nil
    }

    /// Four bytes for effects and a window, then lines.
    private static func screen(_ bytes: [UInt8]) -> DisplayScreen {
        guard bytes.count >= 4 else { return [] }
        var effects = DisplayEffects()
        if bytes[0] & 1 != 0 { effects.blinkTime = .milliseconds(250 + Int(bytes[1]) * 50) }
        if bytes[0] & 2 != 0 { effects.marqueeStep = .milliseconds(200 + Int(bytes[1])) }
        if bytes[0] & 4 != 0 { effects.brightness = Int(bytes[2] % 6) }
        if bytes[0] & 8 != 0 { effects.cursor = DisplayCursor(row: Int(bytes[2]), column: Int(bytes[3])) }
        let lines = bytes.dropFirst(4).split(separator: 0x0A, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        let window = DisplayWindow(
            row: Int(bytes[1]) - 2, column: Int(bytes[2]) - 2, rows: Int(bytes[3] >> 4), columns: Int(bytes[3] & 15),
            lines: lines.reversed(), marqueeStep: bytes[0] & 16 != 0 ? .milliseconds(300) : nil)
        return DisplayScreen(lines, windows: bytes[0] & 32 != 0 ? [window, window] : [], effects: effects)
    }
}
