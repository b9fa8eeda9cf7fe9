/// Brings a display to what it is to show, one report at a time. A value without clock and without port.
///
/// Rows are encoded when their turn comes, so the newest text wins, and nothing piles up however slow the display is.
struct DisplayWriter: Sendable {
    let encoder: HIDDisplayEncoder
    private(set) var size: DisplaySize
    private let triesMax: Int
    private var model: DisplayModel
    /// Rows to write.
    private var dirty: Set<Int> = []
    /// The reports of the row under way, the next one last.
    private var row: [HIDOutgoingReport] = []
    private var mustClear = true
    private(set) var isWriting = false
    private var failures = 0

    init(encoder: HIDDisplayEncoder, size: DisplaySize, triesMax: Int) {
        self.encoder = encoder
        self.size = size
        self.triesMax = triesMax
        model = DisplayModel(size: size)
    }

    /// Takes the lines to show. What is not written yet of earlier lines never will be.
    mutating func show(_ lines: [String]) {
        failures = 0
        dirty.formUnion(model.show(lines))
    }

    /// The next report to send; `nil` while one is on its way and when all is shown.
    mutating func next() -> HIDOutgoingReport? {
        guard !isWriting else { return nil }
        if mustClear {
            mustClear = false
            if let clear = encoder.clear() { return begin(clear) }
        }
        if row.isEmpty, let number = dirty.min() {
            dirty.remove(number)
            row = encoder.write(row: number, of: model.lines, size: size).reversed()
        }
        return row.popLast().map { begin($0) }
    }

    private mutating func begin(_ report: HIDOutgoingReport) -> HIDOutgoingReport {
        isWriting = true
        return report
    }

    /// What to do after a report's end.
    enum Ending: Equatable {
        /// Ask for the next one.
        case goOn
        /// The display does not take it: try the whole screen again later.
        case tryLater
        /// It was tried often enough: wait for other lines.
        case giveUp
    }

    mutating func ended(_ succeeded: Bool) -> Ending {
        isWriting = false
        guard !succeeded else {
            if dirty.isEmpty, row.isEmpty { failures = 0 }
            return .goOn
        }
        forget()
        failures += 1
        guard failures < triesMax else {
            dirty = []
            return .giveUp
        }
        return .tryLater
    }

    /// The display was reset: nothing is known of what it shows.
    mutating func forget() {
        isWriting = false
        row = []
        mustClear = true
        model.forget()
        dirty = Set(0..<size.rows)
    }
}
