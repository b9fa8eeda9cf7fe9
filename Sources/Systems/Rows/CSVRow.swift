/// A row of CSV: its values by their columns.
struct CSVRow {
    /// The row's own bytes.
    let bytes: ArraySlice<UInt8>
    let cells: [CSVScan.Cell]
    /// Where the row begins, from 1.
    let line: Int

    var count: Int { cells.count }

    /// The value of a column, without white space around it.
    func text(_ column: Int) -> String {
        let cell = cells[column]
        var slice = bytes[cell.range]
        while let first = slice.first, first == 0x20 || first == 0x09 || first == 0x0D { slice.removeFirst() }
        while let last = slice.last, last == 0x20 || last == 0x09 || last == 0x0D { slice.removeLast() }
        let text = String(decoding: slice, as: UTF8.self)
        return cell.isEscaped ? text.replacing("\"\"", with: "\"") : text
    }

    /// Where a column begins.
    func rejection(_ column: Int?, _ reason: RejectionReason) -> Rejection {
        guard let column else { return Rejection(line: line, column: 0, reason: reason) }
        let before = bytes[bytes.startIndex..<cells[column].range.lowerBound]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? before.startIndex
        return Rejection(
            line: line + before.count(where: { $0 == 0x0A }),
            column: 1 + before[lineStart...].count(where: { $0 & 0xC0 != 0x80 }), reason: reason)
    }
}
