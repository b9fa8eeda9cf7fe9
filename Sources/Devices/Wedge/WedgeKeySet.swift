/// A set of usages of page 07, which are less than 256.
struct WedgeKeySet: Sendable, Equatable {
    private var words = SIMD4<UInt64>()

    /// The modifiers in the order of a boot report: left Ctrl, Shift, Alt, GUI, then the right ones (usages E0 to E7).
    var modifiers: WedgeModifiers { WedgeModifiers(rawValue: UInt8(truncatingIfNeeded: words[3] >> 32)) }

    func contains(_ usage: UInt8) -> Bool {
        words[Int(usage >> 6)] >> UInt64(usage & 63) & 1 == 1
    }

    mutating func insert(_ usage: UInt8) {
        words[Int(usage >> 6)] |= 1 << UInt64(usage & 63)
    }

    /// Inserts a usage for each bit that is set: the lowest stands for `first`. Bits beyond usage FF are lost.
    mutating func insert(bits: UInt32, from first: UInt8) {
        let word = Int(first >> 6)
        let shift = UInt64(first & 63)
        words[word] |= UInt64(bits) << shift
        if shift > 32, word < 3 { words[word + 1] |= UInt64(bits) >> (64 - shift) }
    }

    func union(_ other: WedgeKeySet) -> WedgeKeySet {
        var result = self
        result.words |= other.words
        return result
    }

    func subtracting(_ other: WedgeKeySet) -> WedgeKeySet {
        var result = self
        result.words &= ~other.words
        return result
    }

    /// Calls `body` with each usage that is a key, the lowest first: no error codes (00 to 03) and no modifiers.
    func forEachKey(_ body: (UInt8) -> Void) {
        for place in 0..<4 {
            var word = words[place]
            if place == 0 { word &= ~0xF }
            if place == 3 { word &= ~(0xFF << 32) }
            while word != 0 {
                body(UInt8(place << 6 | word.trailingZeroBitCount))
                word &= word - 1
            }
        }
    }
}
