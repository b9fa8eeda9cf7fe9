/// Reads rows of CSV, in whatever pieces the bytes come. A row that cannot be read costs none of its neighbours.
struct CSVReader: RowReader {
    /// The names of the first line, once it has come.
    private(set) var header: [String]?
    private(set) var rescans: Int
    private var buffer: RowBuffer
    private var separator: UInt8?

    static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

    /// - Parameter separator: `nil` for the one the first line shows.
    init(separator: UInt8?) {
        self.separator = separator
        rescans = 0
        buffer = RowBuffer(offset: 0, line: 1)
    }

    var hasHeader: Bool { true }
    var offset: UInt64 { buffer.offset }
    var line: Int { buffer.line }

    /// Goes on within a file whose first line was read.
    mutating func resume(at place: RowPlace) {
        buffer = RowBuffer(offset: place.offset, line: place.line)
        rescans = place.rescans
    }

    mutating func append(_ bytes: [UInt8]) { buffer.append(bytes) }

    mutating func end() { buffer.end() }

    mutating func next() throws(SystemsError) -> SourceRow? {
        if header == nil, try !readHeader() { return nil }
        while buffer.skipRest(), !buffer.isDone {
            guard let row = nextRow() else { return nil }
            if let row { return row }
        }
        return nil
    }

    /// - Returns: `nil` when more bytes are needed, a row, or none for an empty line.
    private mutating func nextRow() -> SourceRow?? {
        let start = buffer.start
        let isAtWindowEnd = buffer.isWindowEnd
        let found = CSVScan.row(
            in: buffer.bytes, from: start, to: buffer.window, isEnd: isAtWindowEnd, separator: separator ?? 0x2C,
            capacity: header?.count ?? 0)
        switch found {
        case .row(let cells, let end): return .some(take(cells, start, end))
        case .fault(let reason, let place): return .some(reject(reason, at: place))
        case .unfinished(let quote):
            guard buffer.isWindowWhole else { return nil }
            return .some(reject(quote == nil ? .rowTooLong : .quoteUnclosed, at: quote ?? buffer.window))
        }
    }

    private mutating func take(_ cells: [CSVScan.Cell], _ start: Int, _ end: Int) -> SourceRow? {
        let line = buffer.line
        let bytes = buffer.bytes[start..<end]
        // A line without anything is no row (many programs end a file with one).
        if cells.count == 1, cells[0].range.isEmpty, bytes.first != UInt8(ascii: "\"") {
            buffer.advance(to: end)
            return nil
        }
        let row = CSVRow(bytes: bytes, cells: cells, line: line)
        var broken: Rejection?
        if let place = RowBuffer.firstNoText(in: bytes) {
            broken = buffer.rejection(at: place, .encodingWrong)
        } else if cells.count != header?.count ?? 0 {
            let isShort = cells.count < header?.count ?? 0
            let place = isShort ? cells[cells.count - 1].range.lowerBound : cells[header?.count ?? 0].range.lowerBound
            broken = buffer.rejection(at: place, isShort ? .cellsMissing : .cellsTooMany)
        }
        buffer.advance(to: end)
        return SourceRow(line: line, content: broken.map { .broken($0) } ?? .cells(row))
    }

    /// Goes on behind the line on which the row began: what an unclosed quotation mark swallowed are good rows.
    private mutating func reject(_ reason: RejectionReason, at place: Int) -> SourceRow {
        let line = buffer.line
        let rejection = buffer.rejection(at: place, reason)
        let swallows = reason == .quoteUnclosed || buffer.bytes[buffer.start..<place].contains(0x0A)
        if !swallows || rescans < SystemsLimits.rescansMax {
            if swallows { rescans += 1 }
            buffer.advance(pastLineOf: buffer.start)
        } else {
            buffer.advance(pastLineOf: reason == .quoteUnclosed ? buffer.window : place)
        }
        return SourceRow(line: line, content: .broken(rejection))
    }

    // MARK: The first line

    /// - Returns: whether it has come.
    private mutating func readHeader() throws(SystemsError) -> Bool {
        guard buffer.isWindowWhole || buffer.bytes.contains(0x0A) else { return false }
        guard !buffer.isDone else {
            throw SystemsError(.broken, "The file is empty. Its first line names the columns.")
        }
        try RowEncoding.check(buffer.bytes)
        if buffer.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.advance(to: 3) }
        let separator = separator ?? Self.separator(of: buffer.bytes[buffer.start..<buffer.window])
        let found = CSVScan.row(
            in: buffer.bytes, from: buffer.start, to: buffer.window, isEnd: buffer.isWindowEnd, separator: separator,
            capacity: 16)
        switch found {
        case .row(let cells, let end):
            let bytes = buffer.bytes[..<end]
            let row = CSVRow(bytes: bytes, cells: cells, line: 1)
            if let place = RowBuffer.firstNoText(in: bytes[buffer.start...]) {
                throw Self.unusable(buffer.rejection(at: place, .encodingWrong))
            }
            header = (0..<row.count).map { row.text($0) }
            self.separator = separator
            buffer.advance(to: end)
            return true
        case .fault(let reason, let place): throw Self.unusable(buffer.rejection(at: place, reason))
        case .unfinished(let quote):
            guard buffer.isWindowWhole else { return false }
            throw Self.unusable(buffer.rejection(at: quote ?? buffer.window, .rowTooLong))
        }
    }

    private static func unusable(_ rejection: Rejection) -> SystemsError {
        SystemsError(
            .broken, "The first line, which names the columns, cannot be read: \(rejection). Export the file again.")
    }

    /// The one that comes most often in the first line, outside of quotation marks.
    private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A { break }
            if separators.contains(byte) { counts[byte, default: 0] += 1 }
        }
        return separators.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? separators[0]
    }
}
