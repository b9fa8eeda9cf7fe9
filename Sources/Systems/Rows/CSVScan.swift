/// Finds the values of one row of CSV (RFC 4180) in bytes.
struct CSVScan {
    /// A value in the bytes, without its quotation marks.
    struct Cell {
        let range: Range<Int>
        /// Quotation marks within it are doubled.
        var isEscaped = false
    }

    enum Result {
        /// - Parameter end: where the next row begins.
        case row(cells: [Cell], end: Int)
        /// The row goes on behind the bytes.
        /// - Parameter quote: the opening quotation mark of a value that is not closed yet.
        case unfinished(quote: Int?)
        case fault(RejectionReason, at: Int)
    }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D

    private enum Step {
        case nextCell
        case rowEnded
        case stop(Result)
    }

    let bytes: [UInt8]
    /// Nothing behind it is looked at.
    let window: Int
    /// Whether nothing comes behind the window.
    let isEnd: Bool
    let separator: UInt8
    private var place: Int
    private var cells: [Cell] = []

    /// - Parameter capacity: how many values are expected.
    static func row(
        in bytes: [UInt8], from start: Int, to window: Int, isEnd: Bool, separator: UInt8, capacity: Int
    ) -> Result {
        var scan = CSVScan(bytes: bytes, window: window, isEnd: isEnd, separator: separator, place: start)
        scan.cells.reserveCapacity(capacity)
        return scan.run()
    }

    private init(bytes: [UInt8], window: Int, isEnd: Bool, separator: UInt8, place: Int) {
        self.bytes = bytes
        self.window = window
        self.isEnd = isEnd
        self.separator = separator
        self.place = place
    }

    private mutating func run() -> Result {
        while true {
            guard cells.count < SystemsLimits.columnsMax else { return .fault(.cellsTooMany, at: place) }
            let isQuoted = place < window && bytes[place] == Self.quote
            switch isQuoted ? quotedCell() : plainCell() {
            case .nextCell: continue
            case .rowEnded: return .row(cells: cells, end: place)
            case .stop(let result): return result
            }
        }
    }

    private mutating func plainCell() -> Step {
        let start = place
        while place < window {
            switch bytes[place] {
            case separator:
                cells.append(Cell(range: start..<place))
                place += 1
                return .nextCell
            case Self.lineFeed:
                let isAfterReturn = place > start && bytes[place - 1] == Self.carriageReturn
                cells.append(Cell(range: start..<(isAfterReturn ? place - 1 : place)))
                place += 1
                return .rowEnded
            case Self.quote: return .stop(.fault(.quoteMisplaced, at: place))
            default: place += 1
            }
        }
        guard isEnd else { return .stop(.unfinished(quote: nil)) }
        let isAfterReturn = place > start && bytes[place - 1] == Self.carriageReturn
        cells.append(Cell(range: start..<(isAfterReturn ? place - 1 : place)))
        return .rowEnded
    }

    private mutating func quotedCell() -> Step {
        let quote = place
        var isEscaped = false
        place += 1
        while place < window {
            guard bytes[place] == Self.quote else {
                place += 1
                continue
            }
            if place + 1 < window, bytes[place + 1] == Self.quote {
                isEscaped = true
                place += 2
                continue
            }
            guard place + 1 < window || isEnd else { return .stop(.unfinished(quote: quote)) }
            cells.append(Cell(range: (quote + 1)..<place, isEscaped: isEscaped))
            place += 1
            return behindQuote()
        }
        return .stop(isEnd ? .fault(.quoteUnclosed, at: quote) : .unfinished(quote: quote))
    }

    /// A value that was quoted is followed by a separator or the row's end.
    private mutating func behindQuote() -> Step {
        guard place < window else { return .rowEnded }
        switch bytes[place] {
        case separator:
            place += 1
            return .nextCell
        case Self.lineFeed:
            place += 1
            return .rowEnded
        case Self.carriageReturn:
            guard place + 1 < window else {
                if isEnd { place += 1 }
                return isEnd ? .rowEnded : .stop(.unfinished(quote: nil))
            }
            guard bytes[place + 1] == Self.lineFeed else { return .stop(.fault(.quoteMisplaced, at: place)) }
            place += 2
            return .rowEnded
        default: return .stop(.fault(.quoteMisplaced, at: place))
        }
    }
}
