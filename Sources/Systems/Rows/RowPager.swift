import Customers
import Foundation

/// Cuts the rows of one file or answer into pages. It belongs to one thread at a time.
final class RowPager {
    private let input: any ByteInput
    private var reader: any RowReader
    private let mapping: RowMapping
    private var columns: [String: Int]?
    private var fields: [RecordField] = []
    private var isInputAtEnd = false
    private let rowsMax: Int

    /// - Parameters:
    ///   - place: where a page ended before; what lies in front of it is left out.
    ///   - rowsMax: rows of a page.
    ///   - open: gives the bytes from the beginning.
    init(
        _ layout: RowLayout, mapping: RowMapping, at place: RowPlace, rowsMax: Int = SystemsLimits.pageRowsMax,
        open: () throws(SystemsError) -> any ByteInput
    ) throws(SystemsError) {
        self.mapping = mapping
        self.rowsMax = rowsMax
        reader = layout.format.makeReader()
        guard place != .beginning else {
            input = layout.unpacking(try open())
            return
        }
        if reader.hasHeader {
            let front = layout.unpacking(try open())
            try Self.fill(&reader, from: front)
        }
        input = layout.unpacking(try open())
        let rest = try input.skip(place.offset)
        reader.resume(at: place)
        reader.append(rest)
    }

    /// Reads the names of the columns.
    private static func fill(_ reader: inout any RowReader, from input: any ByteInput) throws(SystemsError) {
        while reader.header == nil {
            let bytes = try input.read()
            if bytes.isEmpty { reader.end() } else { reader.append(bytes) }
            _ = try reader.next()
            if bytes.isEmpty { return }
        }
    }

    /// The next page.
    /// - Parameter cursor: what the cursor is at a place, and whether that is the end.
    func page(
        cursor: (_ place: RowPlace, _ isEnd: Bool) throws(SystemsError) -> [UInt8]
    ) throws(SystemsError) -> SourcePage {
        var page = SourcePage(cursor: [], isLast: false)
        let begin = reader.offset
        while page.rowsRead < rowsMax, reader.offset - begin < UInt64(SystemsLimits.pageBytesMax) {
            if let row = try reader.next() {
                page.rowsRead += 1
                try take(row, into: &page)
            } else if isInputAtEnd {
                page.isLast = true
                break
            } else {
                let bytes = try input.read()
                isInputAtEnd = bytes.isEmpty
                if isInputAtEnd { reader.end() } else { reader.append(bytes) }
            }
        }
        if columns == nil, let header = reader.header { try name(header) }
        page.fields = fields
        page.bytesRead = input.bytesRead
        page.bytesTotal = input.bytesTotal
        page.cursor = try cursor(reader.place, page.isLast)
        return page
    }

    private func take(_ row: SourceRow, into page: inout SourcePage) throws(SystemsError) {
        if columns == nil, case .cells = row.content { try name(reader.header ?? []) }
        page.take(row, columns: columns, mapping)
    }

    private func name(_ header: [String]) throws(SystemsError) {
        fields = try mapping.mapping.fields(in: header)
        columns = Dictionary(
            header.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }
}
