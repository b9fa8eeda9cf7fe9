/// Reads a JSON text (RFC 8259). It refuses the same name twice in an object, which others read in different ways.
struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0

    private init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// - Throws: ``WireError`` `jsonInvalid`: where, and what is wrong there.
    static func read(_ text: String) throws(WireError) -> JSONValue {
        guard text.utf8.count <= JSONLimits.textBytesMax else {
            throw WireError(.jsonInvalid, "The JSON has more than \(JSONLimits.textBytesMax) bytes. Send it in parts.")
        }
        var reader = JSONReader(text)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == reader.bytes.count else { throw reader.error("something follows the value") }
        return value
    }

    private mutating func value(depth: Int) throws(WireError) -> JSONValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case nil: throw error("the text ends where a value belongs")
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(WireError) -> JSONValue {
        var members: [JSONMember] = []
        var names: Set<String> = []
        try open(depth)
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error("a name in quotation marks belongs here") }
            let name = try string()
            guard names.insert(name).inserted else { throw error("a name comes twice in one object") }
            guard take(":") else { throw error("a colon belongs here") }
            members.append(JSONMember(name: name, value: try value(depth: depth)))
        } while take(",")
        guard take("}") else { throw error("a comma or the end of the object belongs here") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(WireError) -> JSONValue {
        var values: [JSONValue] = []
        try open(depth)
        if take("]") { return .array([]) }
        repeat { values.append(try value(depth: depth)) } while take(",")
        guard take("]") else { throw error("a comma or the end of the list belongs here") }
        return .array(values)
    }

    private mutating func open(_ depth: Int) throws(WireError) {
        guard depth <= JSONLimits.depthMax else {
            throw error("more than \(JSONLimits.depthMax) objects and lists lie within each other")
        }
        position += 1
    }

    private mutating func literal(_ word: String, _ value: JSONValue) throws(WireError) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw error("this is no value") }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws(WireError) -> String {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        let isZero = next == UInt8(ascii: "0")
        guard try digits() == 1 || !isZero else { throw error("a number begins with 0") }
        if next == UInt8(ascii: ".") {
            position += 1
            _ = try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            _ = try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// - Returns: how many digits there are, at least one.
    private mutating func digits() throws(WireError) -> Int {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw error("this is no value") }
        return position - start
    }

    private mutating func string() throws(WireError) -> String {
        var text: [UInt8] = []
        position += 1
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw error("a text holds a control character; write it as \\u and four digits")
            default: text.append(byte)
            }
        }
        throw error("the text ends within a string")
    }

    private mutating func escape() throws(WireError) -> [UInt8] {
        guard let byte = next else { throw error("the text ends within a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(Character(try character())).utf8)
        default: throw error("this escape does not exist")
        }
    }

    /// The character of one \\u, or of two that are halves.
    private mutating func character() throws(WireError) -> Unicode.Scalar {
        var code = try hexadecimal()
        if (0xD800..<0xDC00).contains(code), bytes[position...].starts(with: "\\u".utf8) {
            position += 2
            let low = try hexadecimal()
            guard (0xDC00..<0xE000).contains(low) else { throw error("half a character stands alone") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let character = Unicode.Scalar(code) else { throw error("half a character stands alone") }
        return character
    }

    private mutating func hexadecimal() throws(WireError) -> UInt32 {
        let digits = bytes[position...].prefix(4)
        let isHexadecimal = digits.allSatisfy { Unicode.Scalar($0).properties.isASCIIHexDigit }
        guard digits.count == 4, isHexadecimal, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw error("four hexadecimal digits belong here") }
        position += 4
        return code
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private func error(_ what: String) -> WireError {
        WireError(.jsonInvalid, "The JSON is broken at byte \(position): \(what).")
    }
}
