/// Parses a JSON text (RFC 8259), a line of a file or a whole answer, within bounds, and keeps each value's place.
struct JSONLineParser {
    private let bytes: ArraySlice<UInt8>
    private var place: Int
    private var valuesLeft: Int

    /// - Parameter valuesMax: how many values it may have.
    static func parse(
        _ bytes: ArraySlice<UInt8>, valuesMax: Int = SystemsLimits.jsonValuesMax
    ) throws(JSONFault) -> JSONNode {
        var parser = JSONLineParser(bytes: bytes, valuesLeft: valuesMax)
        let node = try parser.node(depth: 0)
        parser.skipSpace()
        guard parser.place == bytes.endIndex else { throw parser.fault }
        return node
    }

    private init(bytes: ArraySlice<UInt8>, valuesLeft: Int) {
        self.bytes = bytes
        self.valuesLeft = valuesLeft
        place = bytes.startIndex
    }

    private var fault: JSONFault { JSONFault(place: place) }
    private var next: UInt8? { place < bytes.endIndex ? bytes[place] : nil }

    private mutating func node(depth: Int) throws(JSONFault) -> JSONNode {
        skipSpace()
        guard valuesLeft > 0, depth <= SystemsLimits.jsonDepthMax, let byte = next else { throw fault }
        valuesLeft -= 1
        let start = place
        let value: JSONNode.Value
        switch byte {
        case UInt8(ascii: "{"): value = try object(depth)
        case UInt8(ascii: "["): value = try list(depth)
        case UInt8(ascii: "\""): value = .text(try text())
        case UInt8(ascii: "t"): value = try literal("true", .bool(true))
        case UInt8(ascii: "f"): value = try literal("false", .bool(false))
        case UInt8(ascii: "n"): value = try literal("null", .null)
        default: value = .number(try number())
        }
        return JSONNode(value: value, place: start)
    }

    private mutating func object(_ depth: Int) throws(JSONFault) -> JSONNode.Value {
        place += 1
        var members: [(name: String, node: JSONNode)] = []
        var names: Set<String> = []
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw fault }
            let start = place
            let name = try text()
            guard names.insert(name).inserted else { throw JSONFault(place: start) }
            guard take(":") else { throw fault }
            members.append((name, try node(depth: depth + 1)))
        } while take(",")
        guard take("}") else { throw fault }
        return .object(members)
    }

    private mutating func list(_ depth: Int) throws(JSONFault) -> JSONNode.Value {
        place += 1
        var nodes: [JSONNode] = []
        if take("]") { return .list([]) }
        repeat { nodes.append(try node(depth: depth + 1)) } while take(",")
        guard take("]") else { throw fault }
        return .list(nodes)
    }

    private mutating func literal(_ word: String, _ value: JSONNode.Value) throws(JSONFault) -> JSONNode.Value {
        guard bytes[place...].starts(with: word.utf8) else { throw fault }
        place += word.utf8.count
        return value
    }

    private mutating func number() throws(JSONFault) -> String {
        let start = place
        if next == UInt8(ascii: "-") { place += 1 }
        let isZero = next == UInt8(ascii: "0")
        guard try digits() == 1 || !isZero else { throw JSONFault(place: start) }
        if next == UInt8(ascii: ".") {
            place += 1
            _ = try digits()
        }
        if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
            place += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
            _ = try digits()
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    /// - Returns: how many there are, at least one.
    private mutating func digits() throws(JSONFault) -> Int {
        let start = place
        while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
        guard place > start else { throw fault }
        return place - start
    }

    private mutating func text() throws(JSONFault) -> String {
        place += 1
        let start = place
        // Most texts have no escape.
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { place += 1 }
        if next == UInt8(ascii: "\"") {
            defer { place += 1 }
            return String(decoding: bytes[start..<place], as: UTF8.self)
        }
        var text = Array(bytes[start..<place])
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                place += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw fault
            default:
                text.append(byte)
                place += 1
            }
        }
        throw fault
    }

    private mutating func escape() throws(JSONFault) -> [UInt8] {
        let start = place
        place += 1
        guard let byte = next else { throw fault }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            guard let character = try character(), character.value != 0 else { throw JSONFault(place: start) }
            return Array(String(Character(character)).utf8)
        default: throw JSONFault(place: start)
        }
    }

    /// The character of one \u, or of two that are halves.
    private mutating func character() throws(JSONFault) -> Unicode.Scalar? {
        var code = try hexadecimal()
        if (0xD800..<0xDC00).contains(code), bytes[place...].starts(with: "\\u".utf8) {
            place += 2
            let low = try hexadecimal()
            guard (0xDC00..<0xE000).contains(low) else { return nil }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        return Unicode.Scalar(code)
    }

    private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw fault }
            code = code << 4 | UInt32(digit)
            place += 1
        }
        return code
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = next, JSONRow.isSpace(byte) { place += 1 }
    }
}
