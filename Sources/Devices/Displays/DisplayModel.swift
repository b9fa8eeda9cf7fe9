/// What a display shows: screens and the time in, the rows that changed out.
///
/// Whole rows are written, and only those that changed: some displays cannot keep up with more, and drop or misplace
/// characters. Windows, running lines, and blinking where a display has none, are drawn here.
package struct DisplayModel: Sendable {
    package let size: DisplaySize
    /// What the display shows, or will show after the last writes.
    package private(set) var rows: [DisplayRow]
    private let pages: [CodePage]
    private let abilities: Set<DisplayAbility>
    /// Rows of which the display's content is not known.
    private var unknownRows: Set<Int>
    private var effects = DisplayEffects()
    /// Each row's page, and what stands in it, the foremost last.
    private var layers: [(page: CodePage, runs: [DisplayRun])] = []
    /// When the screen was asked for.
    private var since: ContinuousClock.Instant?

    /// The rows' texts.
    package var lines: [String] { rows.map(\.text) }

    /// A display of which nothing is known yet: the first ``show(_:now:)`` writes every row.
    /// - Parameter pages: the code pages it has; ASCII alone when empty.
    package init(size: DisplaySize = .standard, pages: [CodePage] = [], abilities: Set<DisplayAbility> = []) {
        self.size = size
        self.pages = pages
        self.abilities = abilities
        rows = Array(repeating: DisplayRow("", columns: size.columns, pages: pages), count: size.rows)
        unknownRows = Set(0..<size.rows)
    }

    /// Takes what is to be shown. The same screen once more runs and blinks on.
    /// - Returns: the rows to write, from the top.
    package mutating func show(_ screen: DisplayScreen, now: ContinuousClock.Instant) -> [Int] {
        let before = layers
        effects = screen.effects
        layers = (0..<size.rows).map { layer($0, of: screen) }
        if since == nil || !before.elementsEqual(layers, by: { $0.page == $1.page && $0.runs == $1.runs }) {
            since = now
        }
        return draw(now)
    }

    /// Time passed.
    /// - Returns: the rows to write, from the top.
    package mutating func elapse(to now: ContinuousClock.Instant) -> [Int] {
        since == nil ? [] : draw(now)
    }

    /// When ``elapse(to:)`` next has something to do; `nil` while everything stands.
    package func deadline(after now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard let since, !intervals.isEmpty else { return nil }
        let elapsed = since.duration(to: now)
        return intervals.map { since + $0 * (Int(elapsed / $0) + 1) }.min()
    }

    /// The display was unplugged, reset or cleared, or a write failed: its content is not known any more.
    package mutating func forget() {
        unknownRows = Set(0..<size.rows)
    }

    // MARK: What the display does itself

    /// How bright it is asked to be; `nil` for what it is without being asked.
    package var brightness: Int? { abilities.contains(.brightness) ? effects.brightness : nil }

    package var blinkTime: Duration? { abilities.contains(.blink) ? effects.blinkTime : nil }

    /// A cursor that the display can show; `nil` for one outside of it.
    package var cursor: DisplayCursor? {
        guard abilities.contains(.cursor), let cursor = effects.cursor, cursor.isInside(size) else { return nil }
        return cursor
    }

    // MARK: Drawing

    /// How long the text is seen and then not, if the display has to be written both.
    private var drawnBlink: Duration? { abilities.contains(.blink) ? nil : effects.blinkTime }

    private var intervals: [Duration] { layers.flatMap(\.runs).compactMap(\.step) + [drawnBlink].compactMap { $0 } }

    private mutating func draw(_ now: ContinuousClock.Instant) -> [Int] {
        let elapsed = max(.zero, since?.duration(to: now) ?? .zero)
        let isHidden = drawnBlink.map { Int(elapsed / $0) % 2 == 1 } ?? false
        var changed: [Int] = []
        for (row, layer) in layers.enumerated() {
            var cells = Array(repeating: Character(" "), count: size.columns)
            for run in layer.runs where !isHidden {
                cells.replaceSubrange(run.column..<run.column + run.width, with: run.seen(after: elapsed))
            }
            let drawn = DisplayRow(cells: cells, page: layer.page)
            if unknownRows.contains(row) || drawn != rows[row] { changed.append(row) }
            rows[row] = drawn
        }
        unknownRows = []
        return changed
    }

    /// What stands in a row. One page serves all of it, so that none is chosen anew while a line runs.
    private func layer(_ row: Int, of screen: DisplayScreen) -> (page: CodePage, runs: [DisplayRun]) {
        let line = row < screen.lines.count ? screen.lines[row] : ""
        let windows = screen.windows.prefix(DisplayLimits.windowsMax).filter { window in
            row >= window.row - 1 && row - window.row + 1 < window.rows && window.row >= 1 && window.column >= 1
                && window.columns >= 1 && window.column <= size.columns
        }
        let texts = windows.map { window in
            let number = row - window.row + 1
            return number < window.lines.count ? window.lines[number] : ""
        }
        let page = DisplayRow.page(for: [line] + texts, of: pages)
        var runs = [DisplayRun(line, column: 0, width: size.columns, page: page, step: effects.marqueeStep)]
        for (window, text) in zip(windows, texts) {
            let width = min(window.columns, size.columns - window.column + 1)
            runs.append(
                DisplayRun(text, column: window.column - 1, width: width, page: page, step: window.marqueeStep))
        }
        return (page, runs)
    }
}
