/// Turns Windows-1252, which older programs export, into UTF-8 (https://encoding.spec.whatwg.org, index windows-1252).
final class WindowsInput: ByteInput {
    private let input: any ByteInput

    /// The characters of 0x80 to 0x9F; all others are those of the same number.
    private static let middle: [UInt32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x9D, 0x017E, 0x0178,
    ]

    private static let table: [[UInt8]] = (0...255).map { byte in
        let code = (0x80...0x9F).contains(byte) ? middle[byte - 0x80] : UInt32(byte)
        return Unicode.Scalar(code).map { Array(String(Character($0)).utf8) } ?? []
    }

    init(_ input: any ByteInput) {
        self.input = input
    }

    var bytesRead: UInt64 { input.bytesRead }
    var bytesTotal: UInt64? { input.bytesTotal }

    func read() throws(SystemsError) -> [UInt8] {
        let bytes = try input.read()
        guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte < 0x80 { text.append(byte) } else { text += Self.table[Int(byte)] }
        }
        return text
    }
}
