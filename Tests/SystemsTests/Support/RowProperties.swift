@testable import Systems

/// What holds of the readers of rows for any bytes. The tests hold it for random ones, the fuzzer for those it finds.
enum RowProperties {
    /// Rows are the same in whatever pieces the bytes come, and from whatever row reading goes on; every byte is read, and
    /// no line is left out that could be read.
    /// - Parameter input: the first byte chooses the format.
    static func csvDoesNotDependOnCuts(_ input: [UInt8]) -> String? {
        check(input) { CSVReader(separator: input.first.map { CSVReader.separators[Int($0) % 3] }) }
    }

    static func jsonLinesDoNotDependOnCuts(_ input: [UInt8]) -> String? {
        check(input) { JSONLinesReader() }
    }

    private static func check(_ input: [UInt8], _ make: () -> any RowReader) -> String? {
        let bytes = Array(input.dropFirst())
        let cut = 1 + Int(input.first ?? 0) / 3
        let whole = read(bytes, make(), pieces: [bytes])
        if whole.rows.isEmpty, whole.failure == nil, whole.offset != bytes.count { return "bytes are left" }
        if whole.failure == nil, whole.offset != bytes.count {
            return "only \(whole.offset) of \(bytes.count) were read"
        }
        let pieces = stride(from: 0, to: bytes.count, by: cut).map { Array(bytes[$0..<min($0 + cut, bytes.count)]) }
        let cutRows = read(bytes, make(), pieces: pieces)
        if cutRows.rows != whole.rows || cutRows.failure != whole.failure { return "pieces of \(cut) give other rows" }
        guard let middle = whole.places.dropFirst(whole.places.count / 2).first else { return nil }
        var reader = make()
        if reader.hasHeader {
            reader.append(bytes)
            reader.end()
            _ = try? reader.next()
        }
        reader.resume(at: middle.place)
        let rest = read(&reader, pieces: [Array(bytes[Int(middle.place.offset)...])])
        if rest.rows != Array(whole.rows[middle.count...]) {
            return "going on at \(middle.place.offset) gives other rows"
        }
        return nil
    }

    struct Read {
        var rows: [String] = []
        var failure: String?
        var offset = 0
        /// Where reading can go on, and how many rows come before.
        var places: [(place: RowPlace, count: Int)] = []
    }

    static func read(_ bytes: [UInt8], _ reader: any RowReader, pieces: [[UInt8]]) -> Read {
        var reader = reader
        return read(&reader, pieces: pieces)
    }

    private static func read(_ reader: inout any RowReader, pieces: [[UInt8]]) -> Read {
        var read = Read()
        do throws(SystemsError) {
            for piece in pieces + [[]] {
                if piece.isEmpty { reader.end() } else { reader.append(piece) }
                while let row = try reader.next() {
                    read.rows.append(text(row))
                    read.places.append((reader.place, read.rows.count))
                }
            }
        } catch {
            read.failure = error.message
        }
        read.offset = Int(reader.offset)
        return read
    }

    static func text(_ row: SourceRow) -> String {
        switch row.content {
        case .broken(let rejection): "\(row.line) ! \(rejection)"
        case .cells(let cells): "\(row.line) " + (0..<cells.count).map { "[\(cells.text($0))]" }.joined()
        case .object(let object): "\(row.line) \(text(object.root))"
        }
    }

    private static func text(_ node: JSONNode) -> String {
        switch node.value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let text): text
        case .text(let text): "\"\(text)\""
        case .list(let nodes): "[\(nodes.map { Self.text($0) }.joined(separator: ","))]"
        case .object(let members): "{\(members.map { "\($0.name):\(Self.text($0.node))" }.joined(separator: ","))}"
        }
    }
}
