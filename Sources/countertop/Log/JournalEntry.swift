import Logging

/// An entry of systemd's journal, as its own protocol takes it (https://systemd.io/JOURNAL_NATIVE_PROTOCOL/).
struct JournalEntry {
    /// The longest entry that is sent, in bytes: what a datagram holds without a memory file.
    static let bytesMax = 64 * 1024
    /// The longest value of a field, in bytes; the rest is cut off.
    static let valueBytesMax = 16 * 1024

    private(set) var bytes: [UInt8] = []

    /// - Parameter metadata: each becomes a field of its own: `device` is COUNTERTOP_DEVICE.
    init(level: Logger.Level, message: String, metadata: Logger.Metadata) {
        add("PRIORITY", Self.priority(level))
        add("SYSLOG_IDENTIFIER", "countertop")
        let words = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        add("MESSAGE", ([message] + words).joined(separator: " "))
        for (key, value) in metadata { add("COUNTERTOP_" + Self.name(key), "\(value)") }
    }

    /// A value with a line break goes with its length in front: eight bytes, the lowest first.
    private mutating func add(_ name: String, _ value: String) {
        let value = Array(value.utf8.prefix(Self.valueBytesMax))
        guard bytes.count + name.utf8.count + value.count + 16 <= Self.bytesMax else { return }
        bytes += Array(name.utf8)
        if value.contains(UInt8(ascii: "\n")) {
            bytes.append(UInt8(ascii: "\n"))
            withUnsafeBytes(of: UInt64(value.count).littleEndian) { bytes += Array($0) }
        } else {
            bytes.append(UInt8(ascii: "="))
        }
        bytes += value
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Names of fields are upper-case letters, digits and underscores, and at most 64 long.
    private static func name(_ key: String) -> String {
        String(key.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }.prefix(48))
    }

    /// syslog(3)'s levels.
    private static func priority(_ level: Logger.Level) -> String {
        switch level {
        case .trace, .debug: "7"
        case .info: "6"
        case .notice: "5"
        case .warning: "4"
        case .error: "3"
        case .critical: "2"
        }
    }
}
