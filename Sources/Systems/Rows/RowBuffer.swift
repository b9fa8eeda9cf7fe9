/// The bytes of rows that are not read yet, with their place in the file.
///
/// What a row is depends on the bytes alone, never on the pieces in which they come: a row is looked at in a window of
/// ``SystemsLimits/rowBytesMax`` bytes, and only once the window is full or nothing more comes is it too long.
struct RowBuffer {
    private(set) var bytes: [UInt8] = []
    /// Where the next row begins in `bytes`.
    private(set) var start = 0
    /// Where it begins in the file, in bytes.
    private(set) var offset: UInt64
    /// Its line, from 1.
    private(set) var line: Int
    private(set) var isEnd = false
    /// The rest of a row that is too long is left out up to its line's end.
    private var isSkipping = false

    init(offset: UInt64, line: Int) {
        self.offset = offset
        self.line = line
    }

    mutating func append(_ more: [UInt8]) {
        if start > 0 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes += more
    }

    mutating func end() { isEnd = true }

    /// Whether nothing is left.
    var isDone: Bool { isEnd && start == bytes.count }

    /// The end of what the next row may reach.
    var window: Int { min(bytes.count, start + SystemsLimits.rowBytesMax) }

    /// Whether the window will not grow.
    var isWindowWhole: Bool { isEnd || bytes.count - start >= SystemsLimits.rowBytesMax }

    /// Whether the window is the end of the file.
    var isWindowEnd: Bool { isEnd && window == bytes.count }

    /// Goes on at `place` in `bytes`.
    mutating func advance(to place: Int) {
        for byte in bytes[start..<place] where byte == 0x0A { line += 1 }
        offset += UInt64(place - start)
        start = place
    }

    /// Goes on behind the first line end at `place` or later, wherever that comes.
    mutating func advance(pastLineOf place: Int) {
        if let lineEnd = bytes[place...].firstIndex(of: 0x0A) {
            advance(to: lineEnd + 1)
        } else {
            advance(to: bytes.count)
            isSkipping = true
        }
    }

    /// Leaves out what is left of a row that is too long.
    /// - Returns: whether its line's end has come.
    mutating func skipRest() -> Bool {
        guard isSkipping else { return true }
        isSkipping = false
        advance(pastLineOf: start)
        return !isSkipping
    }

    /// Where `place` is, in lines and characters.
    func rejection(at place: Int, _ reason: RejectionReason) -> Rejection {
        var (line, column) = (line, 1)
        for byte in bytes[start..<min(place, bytes.count)] {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return Rejection(line: line, column: column, reason: reason)
    }

    /// Where the bytes stop being a text (RFC 3629); a NUL is none either.
    static func firstNoText(in bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.contains(where: { $0 >= 0x80 || $0 == 0 }) else { return nil }
        if !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil { return nil }
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let count = textLength(bytes[place...])
            guard count > 0 else { return place }
            place += count
        }
        return nil
    }

    /// The length of the character in front, 0 for none.
    private static func textLength(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let first = bytes.first, first != 0 else { return 0 }
        let count = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        return String(validating: bytes.prefix(count), as: UTF8.self) == nil ? 0 : count
    }
}
