/// The number that is typed on the numeric keypad while the left Alt key is held.
struct WedgeAltCode: Sendable {
    private(set) var number: UInt64 = 0
    private(set) var digits = 0
    private var hasLeadingZero = false

    /// - Parameter usage: of ``WedgeKey/keypadDigits``.
    mutating func append(keypad usage: UInt8, limits: WedgeLimits) {
        let digit = UInt64(usage - WedgeKey.keypadDigits.lowerBound + 1) % 10
        if digits == 0 { hasLeadingZero = digit == 0 }
        digits = min(digits + 1, limits.altDigitsMax + 1)
        if digits <= limits.altDigitsMax { number = number * 10 + digit }
    }

    /// The UTF-8 of the character; `nil` when the number is none.
    func bytes(_ reading: WedgeSettings.AltCodes, limits: WedgeLimits) -> [UInt8]? {
        guard digits <= limits.altDigitsMax else { return nil }
        switch reading {
        case .codePage:
            guard let byte = UInt8(exactly: number) else { return nil }
            return Array(String(WedgeCodePage.scalar(byte, isWindows: hasLeadingZero)).utf8)
        case .unicode:
            return UInt32(exactly: number).flatMap { Unicode.Scalar($0) }.map { Array(String($0).utf8) }
        case .utf8Integer:
            guard let word = UInt32(exactly: number) else { return nil }
            let count = max(1, 4 - word.leadingZeroBitCount / 8)
            let bytes = (0..<count).reversed().map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
            return String(validating: bytes, as: UTF8.self).map { Array($0.utf8) }
        }
    }
}
