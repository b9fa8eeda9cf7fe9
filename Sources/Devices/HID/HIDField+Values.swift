extension HIDField {
    /// The number in an element, with its sign where the logical minimum is negative.
    ///
    /// Bits that a short report does not have read as 0, as the Linux kernel reads them; ``isPresent(at:in:)`` tells. An
    /// element beyond ``count`` reads as 0.
    package func value(at index: Int, in report: [UInt8]) -> Int {
        let raw = unsigned(at: index, in: report)
        guard logicalMinimum < 0, bitSize > 0 else { return Int(raw) }
        let unused = 64 - min(bitSize, 32)
        return (Int(raw) << unused) >> unused
    }

    /// The bits of an element, without sign; of an element wider than 32 bits the lowest 32.
    package func unsigned(at index: Int, in report: [UInt8]) -> UInt32 {
        guard index >= 0, index < count else { return 0 }
        return Self.bits(at: bitOffset + index * bitSize, count: bitSize, in: report)
    }

    /// Whether a report has all bits of an element.
    package func isPresent(at index: Int, in report: [UInt8]) -> Bool {
        index >= 0 && index < count && bitOffset + (index + 1) * bitSize <= report.count * 8
    }

    /// Puts a number into an element; bits that do not fit the element are cut off.
    /// - Returns: false, and the report unchanged, when the report has no such element.
    @discardableResult
    package func set(_ value: Int, at index: Int, in report: inout [UInt8]) -> Bool {
        guard isPresent(at: index, in: report) else { return false }
        let start = bitOffset + index * bitSize
        for bit in 0..<bitSize {
            let mask = UInt8(1) << ((start + bit) % 8)
            // A shift beyond the word gives the sign, as a wide element wants it.
            if value >> bit & 1 == 1 { report[(start + bit) / 8] |= mask } else { report[(start + bit) / 8] &= ~mask }
        }
        return true
    }

    /// Up to 32 bits from anywhere in a report, the lowest first (HID 1.11, section 8.4); 0 where the report has none.
    static func bits(at start: Int, count: Int, in report: [UInt8]) -> UInt32 {
        let count = min(count, 32)
        guard count > 0, start >= 0 else { return 0 }
        var word: UInt64 = 0
        for byte in (start / 8)...((start + count - 1) / 8) where byte < report.count {
            word |= UInt64(report[byte]) << (8 * (byte - start / 8))
        }
        return UInt32(truncatingIfNeeded: word >> (start % 8) & (1 << UInt64(count) - 1))
    }
}
