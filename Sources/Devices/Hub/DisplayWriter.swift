/// Brings a display to what it is to show, one write at a time. A value without clock and without port.
///
/// Rows are encoded when their turn comes, so the newest text wins, and nothing piles up however slow the display is.
struct DisplayWriter: Sendable {
    private var encoder: any DisplayEncoder
    private(set) var size: DisplaySize
    private let triesMax: Int
    private var model: DisplayModel
    /// Rows to write.
    private var dirty: Set<Int> = []
    /// The row that was written last: a line that runs faster than the display takes it must not starve the others.
    private var lastRow = -1
    /// What is under way, the next write last.
    private var underWay: [DisplayWrite] = []
    private var mustReset = true
    private(set) var isWriting = false
    private var failures = 0
    /// Whether it was tried often enough, so that nothing runs or blinks until other lines come.
    private var hasGivenUp = false
    /// What the display was told beside its text since it was reset.
    private var told = Told()

    private struct Told: Sendable {
        var brightness: Int?
        var blinkTime: Duration?
        var cursor: DisplayCursor?
    }

    init(encoder: any DisplayEncoder, size: DisplaySize, triesMax: Int) {
        self.encoder = encoder
        self.size = size
        self.triesMax = triesMax
        model = DisplayModel(size: size, pages: encoder.pages, abilities: encoder.abilities)
    }

    var pages: [CodePage] { encoder.pages }
    var abilities: Set<DisplayAbility> { encoder.abilities }

    /// Takes what is to be shown. What is not written yet of an earlier screen never will be.
    mutating func show(_ screen: DisplayScreen, now: ContinuousClock.Instant) {
        failures = 0
        hasGivenUp = false
        dirty.formUnion(model.show(screen, now: now))
    }

    /// Time passed: lines run on and blink.
    mutating func elapse(to now: ContinuousClock.Instant) {
        guard !hasGivenUp else { return }
        dirty.formUnion(model.elapse(to: now))
    }

    /// When there is something to write next if nobody asks; `nil` while everything stands.
    func deadline(after now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        hasGivenUp ? nil : model.deadline(after: now)
    }

    /// The next write to send; `nil` while one is on its way and when all is shown.
    mutating func next() -> DisplayWrite? {
        guard !isWriting else { return nil }
        if mustReset {
            mustReset = false
            told = Told()
            underWay = encoder.reset().reversed()
        }
        while underWay.isEmpty, let writes = step() { underWay = writes.reversed() }
        guard let write = underWay.popLast() else { return nil }
        isWriting = true
        return write
    }

    /// One thing that the display is still to be told; `nil` when it shows all.
    private mutating func step() -> [DisplayWrite]? {
        // Rows move the cursor, so it is hidden before and seen again behind them.
        if told.cursor != nil, told.cursor != model.cursor || !dirty.isEmpty {
            told.cursor = nil
            return encoder.tell(.cursor(nil), size: size)
        }
        if told.brightness != model.brightness {
            told.brightness = model.brightness
            let level = model.brightness ?? encoder.brightness ?? DisplayLimits.levels.upperBound
            return encoder.tell(.brightness(level), size: size)
        }
        if told.blinkTime != model.blinkTime {
            told.blinkTime = model.blinkTime
            return encoder.tell(.blink(model.blinkTime), size: size)
        }
        if let row = dirty.filter({ $0 > lastRow }).min() ?? dirty.min() {
            dirty.remove(row)
            lastRow = row
            return encoder.write(row: row, of: model.rows, size: size)
        }
        guard let cursor = model.cursor, told.cursor == nil else { return nil }
        told.cursor = cursor
        return encoder.tell(.cursor(cursor), size: size)
    }

    /// What to do after a write's end.
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
            if dirty.isEmpty, underWay.isEmpty { failures = 0 }
            return .goOn
        }
        forget()
        failures += 1
        guard failures < triesMax else {
            hasGivenUp = true
            dirty = []
            return .giveUp
        }
        return .tryLater
    }

    /// Something was done for the display, so it is worth as many tries again.
    mutating func tryOn() {
        failures = 0
        hasGivenUp = false
        forget()
    }

    /// The display was reset: nothing is known of what it shows.
    mutating func forget() {
        isWriting = false
        underWay = []
        mustReset = true
        model.forget()
        dirty = Set(0..<size.rows)
    }
}
