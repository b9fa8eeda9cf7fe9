import Devices
import Wire

extension DisplayScreen {
    /// What a till wants to have shown.
    /// - Throws: ``Wire/Status`` ARGUMENT_INVALID with what is out of bounds.
    init(_ request: ShowRequest, linesMax: Int) throws(Status) {
        try self.init(request.lines, request.effects, request.windows, linesMax: linesMax)
    }

    /// What a technician wants to have shown.
    /// - Throws: ``Wire/Status`` ARGUMENT_INVALID with what is out of bounds.
    init(_ show: DeviceLines, linesMax: Int) throws(Status) {
        try self.init(show.lines, show.effects, show.windows, linesMax: linesMax)
    }

    private init(
        _ lines: [String], _ effects: ShowEffects?, _ windows: [ShowWindow], linesMax: Int
    ) throws(Status) {
        guard lines.count <= linesMax, windows.allSatisfy({ $0.lines.count <= linesMax }) else {
            throw Status(.argumentInvalid, "A display shows at most \(linesMax) lines.")
        }
        guard windows.count <= DisplayLimits.windowsMax else {
            throw Status(.argumentInvalid, "A display shows at most \(DisplayLimits.windowsMax) windows.")
        }
        self.init(lines)
        if let effects { self.effects = try DisplayEffects(effects) }
        for window in windows { self.windows.append(try DisplayWindow(window)) }
    }
}

extension DisplayEffects {
    fileprivate init(_ effects: ShowEffects) throws(Status) {
        self.init()
        blinkTime = try Duration.named("blink_ms", effects.blinkMs, in: DisplayLimits.blinkTime)
        marqueeStep = try Duration.named("marquee_ms", effects.marqueeMs, in: DisplayLimits.marqueeStep)
        if effects.brightness != 0 {
            guard DisplayLimits.levels.contains(Int(effects.brightness)) else {
                throw Status(
                    .argumentInvalid, "brightness is 1 to \(DisplayLimits.levels.upperBound), or 0 to leave it.")
            }
            brightness = Int(effects.brightness)
        }
        guard effects.cursorRow != 0 || effects.cursorColumn != 0 else { return }
        guard DisplayLimits.rows.contains(Int(effects.cursorRow)),
            DisplayLimits.columns.contains(Int(effects.cursorColumn))
        else {
            throw Status(.argumentInvalid, "A cursor stands in a row and a column from 1, or nowhere with 0 and 0.")
        }
        cursor = DisplayCursor(row: Int(effects.cursorRow), column: Int(effects.cursorColumn))
    }
}

extension DisplayWindow {
    fileprivate init(_ window: ShowWindow) throws(Status) {
        guard DisplayLimits.rows.contains(Int(window.row)), DisplayLimits.rows.contains(Int(window.rows)),
            DisplayLimits.columns.contains(Int(window.column)), DisplayLimits.columns.contains(Int(window.columns))
        else {
            throw Status(
                .argumentInvalid,
                "A window has a place and a size: row and rows from 1 to \(DisplayLimits.rows.upperBound), column and columns "
                    + "from 1 to \(DisplayLimits.columns.upperBound).")
        }
        self.init(
            row: Int(window.row), column: Int(window.column), rows: Int(window.rows), columns: Int(window.columns),
            lines: window.lines,
            marqueeStep: try Duration.named("marquee_ms", window.marqueeMs, in: DisplayLimits.marqueeStep))
    }
}

extension Duration {
    /// - Parameter value: in milliseconds; 0 is none.
    fileprivate static func named(
        _ name: String, _ value: UInt32, in range: ClosedRange<Duration>
    ) throws(Status) -> Duration? {
        guard value != 0 else { return nil }
        guard range.contains(.milliseconds(value)) else {
            let (least, most) = (range.lowerBound / .milliseconds(1), range.upperBound / .milliseconds(1))
            throw Status(.argumentInvalid, "\(name) is \(Int(least)) to \(Int(most)), or 0 for none.")
        }
        return .milliseconds(value)
    }
}
