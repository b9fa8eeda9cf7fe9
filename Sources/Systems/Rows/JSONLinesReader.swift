/// Reads rows of JSON Lines, in whatever pieces the bytes come.
struct JSONLinesReader: RowReader {
    private var buffer = RowBuffer(offset: 0, line: 1)
    private var isEncodingChecked = false

    var offset: UInt64 { buffer.offset }
    var line: Int { buffer.line }
    var rescans: Int { 0 }
    var hasHeader: Bool { false }
    var header: [String]? { nil }

    mutating func resume(at place: RowPlace) { buffer = RowBuffer(offset: place.offset, line: place.line) }

    mutating func append(_ bytes: [UInt8]) { buffer.append(bytes) }

    mutating func end() { buffer.end() }

    mutating func next() throws(SystemsError) -> SourceRow? {
        guard try checkEncoding() else { return nil }
        while buffer.skipRest(), !buffer.isDone {
            let line = buffer.line
            let bytes = buffer.bytes[buffer.start..<buffer.window]
            guard let end = bytes.firstIndex(of: 0x0A) ?? (buffer.isWindowEnd ? bytes.endIndex : nil) else {
                guard buffer.isWindowWhole else { return nil }
                let rejection = buffer.rejection(at: buffer.window, .rowTooLong)
                buffer.advance(pastLineOf: buffer.start)
                return SourceRow(line: line, content: .broken(rejection))
            }
            let row = bytes[..<end]
            let next = min(end + 1, buffer.bytes.count)
            guard row.contains(where: { !JSONRow.isSpace($0) }) else {
                buffer.advance(to: next)
                continue
            }
            let content = read(row)
            buffer.advance(to: next)
            return SourceRow(line: line, content: content)
        }
        return nil
    }

    private func read(_ bytes: ArraySlice<UInt8>) -> SourceRow.Content {
        if let place = RowBuffer.firstNoText(in: bytes) {
            return .broken(buffer.rejection(at: place, .encodingWrong))
        }
        do throws(JSONFault) {
            return .object(try JSONRow(bytes, line: buffer.line))
        } catch {
            return .broken(buffer.rejection(at: error.place, error.isObjectMissing ? .objectMissing : .jsonBroken))
        }
    }

    /// - Returns: false while the bytes that tell it have not come.
    private mutating func checkEncoding() throws(SystemsError) -> Bool {
        guard !isEncodingChecked, buffer.offset == 0 else { return true }
        guard buffer.isEnd || buffer.bytes.count >= 3 else { return false }
        isEncodingChecked = true
        try RowEncoding.check(buffer.bytes)
        if buffer.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.advance(to: 3) }
        return true
    }
}
