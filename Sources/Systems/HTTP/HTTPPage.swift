import Customers
import Foundation

/// Reads the body of an answer: changes and groups, a line each, and as the last line what ends the page.
///
/// Without that last line nothing of the answer is taken: however a connection breaks, half an answer is none.
struct HTTPPage {
    private(set) var page = SourcePage(cursor: [], isLast: false)
    private(set) var cursor = ""
    private(set) var isMore = false

    private let name: String

    /// - Parameters:
    ///   - name: the address's host, for messages.
    ///   - body: as it came, packed or not.
    /// - Throws: ``SystemsError`` `unavailable` for half an answer, `broken` for one that breaks the rules.
    init(_ body: [UInt8], name: String, mapping: RowMapping) throws(SystemsError) {
        self.name = name
        let input = InflatingInput(BytesInput(body), name: "The answer of \(name)")
        var reader = JSONLinesReader()
        var end: JSONNode?
        var unpacked = 0
        var isInputAtEnd = false
        while true {
            if let row = try reader.next() {
                guard end == nil else { throw broken("A line follows the one that ends the page.") }
                if case .object(let object) = row.content, let node = object.root["page"] {
                    end = node
                } else {
                    try take(row, mapping)
                }
            } else if isInputAtEnd {
                break
            } else {
                let bytes = try input.read()
                unpacked += bytes.count
                guard unpacked <= HTTPLimits.unpackedBytesMax else { throw broken("It is too large unpacked.") }
                // Empty lines are no rows, so that a few packed bytes of them would be read for minutes.
                guard reader.line <= HTTPLimits.linesMax else {
                    throw broken("It has more than \(HTTPLimits.linesMax) lines.")
                }
                isInputAtEnd = bytes.isEmpty
                if isInputAtEnd { reader.end() } else { reader.append(bytes) }
            }
        }
        guard let end else {
            throw SystemsError(
                .unavailable,
                "The answer of \(name) ended before the line that ends its page, and nothing of it was taken. It is asked again."
            )
        }
        try read(end)
        page.bytesRead = UInt64(body.count)
    }

    private mutating func take(_ row: SourceRow, _ mapping: RowMapping) throws(SystemsError) {
        page.rowsRead += 1
        guard page.rowsRead <= SystemsLimits.pageRowsMax else {
            throw broken("It has more than \(SystemsLimits.pageRowsMax) rows.")
        }
        page.take(row, columns: nil, mapping)
    }

    /// `{"page": {"cursor": "…", "more": false, "rows": 12}}`.
    private mutating func read(_ end: JSONNode) throws(SystemsError) {
        guard case .text(let cursor)? = end["cursor"]?.value, case .bool(let isMore)? = end["more"]?.value,
            case .number(let count)? = end["rows"]?.value
        else { throw broken("The line that ends its page has no cursor, more or rows.") }
        guard (1...HTTPLimits.cursorBytesMax).contains(cursor.utf8.count),
            cursor.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { throw broken("Its cursor is empty, too long or no text.") }
        guard Int(count) == page.rowsRead else {
            throw broken("It has \(page.rowsRead) rows, and its last line says another number.")
        }
        self.cursor = cursor
        self.isMore = isMore
    }

    private func broken(_ what: String) -> SystemsError {
        SystemsError(
            .broken, "The answer of \(name) is no page of a change feed, and nothing of it was taken. \(what)")
    }
}
