import Glibc

/// Entries as lines of JSON (RFC 8259), written byte by byte: a till's look-ups bring one each, and texts that are put
/// together from others cost more than the look-up.
struct AuditLines {
    private(set) var bytes: [UInt8] = []
    /// The second whose name is kept, and its name: "2026-11-25T13:05:09". Most entries are of the same one.
    private var second = Int64.min
    private var secondName: [UInt8] = []

    /// Adds an entry. Members that are empty are left out.
    mutating func add(_ entry: AuditEntry) {
        add("{\"time\":\"")
        addTime(entry.milliseconds)
        add("\"")
        add(member: ",\"by\":", entry.caller)
        add(member: ",\"role\":", entry.role)
        add(member: ",\"call\":", entry.call)
        if !entry.lane.isEmpty { add(member: ",\"lane\":", entry.lane) }
        if !entry.till.isEmpty { add(member: ",\"till\":", entry.till) }
        if !entry.customer.isEmpty { add(member: ",\"customer\":", entry.customer) }
        if entry.entry > 0 {
            add(",\"entry\":")
            bytes.append(contentsOf: String(entry.entry).utf8)
        }
        if !entry.address.isEmpty { add(member: ",\"from\":", entry.address) }
        add("}\n")
    }

    /// Adds how much more a caller did than is written line by line.
    mutating func add(more count: Int, _ who: AuditSurplus, milliseconds: Int64) {
        add("{\"time\":\"")
        addTime(milliseconds)
        add("\"")
        add(member: ",\"by\":", who.caller)
        add(member: ",\"role\":", who.role)
        add(",\"more\":")
        bytes.append(contentsOf: String(count).utf8)
        add("}\n")
    }

    /// Adds how many entries there was no room for.
    mutating func add(dropped: Int, milliseconds: Int64) {
        add("{\"time\":\"")
        addTime(milliseconds)
        add("\",\"not_written\":")
        bytes.append(contentsOf: String(dropped).utf8)
        add("}\n")
    }

    private mutating func add(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func add(member: StaticString, _ text: String) {
        add(member)
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20, 0x7F:
                add("\\u00")
                bytes += [Self.hexadecimal(byte >> 4), Self.hexadecimal(byte & 15)]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// "2026-11-25T13:05:09.120Z" (RFC 3339).
    private mutating func addTime(_ milliseconds: Int64) {
        let (seconds, rest) = (milliseconds / 1_000, Int(milliseconds % 1_000))
        if seconds != second {
            second = seconds
            secondName = Self.name(ofSecond: seconds)
        }
        bytes.append(contentsOf: secondName)
        bytes.append(UInt8(ascii: "."))
        addDigits(rest, 3, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }

    /// A second in UTC: "2026-11-25T13:05:09".
    static func name(ofSecond second: Int64) -> [UInt8] {
        var (time, parts) = (time_t(second), tm())
        gmtime_r(&time, &parts)
        var name: [UInt8] = []
        addDigits(Int(parts.tm_year) + 1_900, 4, to: &name)
        let fields = [
            ("-", parts.tm_mon + 1), ("-", parts.tm_mday), ("T", parts.tm_hour), (":", parts.tm_min),
            (":", parts.tm_sec),
        ]
        for (separator, value) in fields {
            name += Array(separator.utf8)
            addDigits(Int(value), 2, to: &name)
        }
        return name
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}

/// A number's last digits.
private func addDigits(_ number: Int, _ count: Int, to bytes: inout [UInt8]) {
    var divisor = 1
    for _ in 1..<count { divisor *= 10 }
    while divisor > 0 {
        bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
        divisor /= 10
    }
}
