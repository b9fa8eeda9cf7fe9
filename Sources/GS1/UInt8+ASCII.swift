extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }

    /// The value of an ASCII digit.
    var digit: Int { Int(self) - 0x30 }
}

extension Collection<UInt8> {
    /// The number that ASCII digits write; `nil` for other characters and more than 18 digits.
    var number: Int? {
        guard count <= 18, allSatisfy(\.isDigit) else { return nil }
        return reduce(0) { $0 * 10 + $1.digit }
    }
}

extension UInt8 {
    var isHexadecimal: Bool { isDigit || (0x41...0x46).contains(self & 0xDF) }
}
