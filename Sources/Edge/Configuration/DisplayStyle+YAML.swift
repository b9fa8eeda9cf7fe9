import Devices

extension DisplayStyle {
    /// Reads an entry of `display.styles`.
    init(_ section: ConfigurationReader, of moment: DisplayMoment) throws {
        try section.allowOnly(["blink_ms", "marquee_ms", "brightness", "cursor_row", "cursor_column", "windows"])
        effects.blinkTime = try section.milliseconds("blink_ms", in: DisplayLimits.blinkTime)
        effects.marqueeStep = try section.milliseconds("marquee_ms", in: DisplayLimits.marqueeStep)
        effects.brightness = try section.integer("brightness", in: DisplayLimits.levels)
        let row = try section.integer("cursor_row", in: DisplayLimits.rows)
        let column = try section.integer("cursor_column", in: DisplayLimits.columns)
        guard (row == nil) == (column == nil) else {
            throw section.mistake("'\(section.place)' places a cursor by cursor_row and cursor_column together.")
        }
        if let row, let column { effects.cursor = DisplayCursor(row: row, column: column) }
        guard let sections = try section.sections("windows") else { return }
        guard sections.count <= DisplayLimits.windowsMax else {
            throw section.mistake(
                "'\(section.place).windows' has \(sections.count) windows, and a display at most \(DisplayLimits.windowsMax)."
            )
        }
        windows = try sections.map { try DisplayWindow($0, of: moment) }
    }
}

extension DisplayWindow {
    fileprivate init(_ section: ConfigurationReader, of moment: DisplayMoment) throws {
        try section.allowOnly(["row", "column", "rows", "columns", "lines", "marquee_ms"])
        let lines = try section.list("lines") { line throws(ListFault) in try DisplayText.checked(line, of: moment) }
        guard let columns = try section.integer("columns", in: DisplayLimits.columns), let lines else {
            throw section.mistake("'\(section.place)' needs columns, how wide it is, and lines.")
        }
        self.init(
            row: try section.integer("row", in: DisplayLimits.rows) ?? 1,
            column: try section.integer("column", in: DisplayLimits.columns) ?? 1,
            rows: try section.integer("rows", in: DisplayLimits.rows) ?? max(1, lines.count), columns: columns,
            lines: lines, marqueeStep: try section.milliseconds("marquee_ms", in: DisplayLimits.marqueeStep))
    }
}

extension ConfigurationReader {
    /// A time in whole milliseconds.
    fileprivate func milliseconds(_ key: String, in range: ClosedRange<Duration>) throws -> Duration? {
        let bounds = Int(range.lowerBound / .milliseconds(1))...Int(range.upperBound / .milliseconds(1))
        return try integer(key, in: bounds).map { .milliseconds($0) }
    }
}
