/// How a file writes its numbers.
enum ByteOrder: Sendable {
    case little, big

    /// - Parameter offset: from the start of the slice; the slice must reach that far.
    func read<Number: FixedWidthInteger>(_ type: Number.Type, _ bytes: ArraySlice<UInt8>, _ offset: Int) -> Number {
        let start = bytes.startIndex + offset
        var value: Number = 0
        for byte in self == .big
            ? Array(bytes[start..<start + MemoryLayout<Number>.size])
            : bytes[
                start..<start + MemoryLayout<Number>.size
            ].reversed()
        {
            value = value << 8 | Number(truncatingIfNeeded: byte)
        }
        return value
    }
}

extension [UInt8] {
    /// Appends a number, the lowest byte first.
    mutating func append(little number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }

    /// Appends zeros up to a whole number of 32-bit words.
    mutating func pad() {
        while !count.isMultiple(of: 4) { append(0) }
    }
}
