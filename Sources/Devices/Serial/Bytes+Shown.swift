extension Sequence<UInt8> {
    /// Text between quotes where all of it is text, control characters by their numbers, else hexadecimal digits.
    var shown: String {
        let bytes = Array(self)
        guard bytes.allSatisfy({ $0 < 0x7F }) else { return bytes.hexadecimal }
        let text = bytes.map { byte in
            (0x20...0x7E).contains(byte) ? String(UnicodeScalar(byte)) : "<\([byte].hexadecimal)>"
        }
        return "\"" + text.joined() + "\""
    }

    /// Two digits a byte, with spaces between.
    var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }
}
