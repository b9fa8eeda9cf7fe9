/// A part of a pattern. Patterns are short and their depth is bounded, so that it may hold itself.
indirect enum PatternNode: Equatable {
    case bytes(PatternSet)
    case sequence([PatternNode])
    case choice([PatternNode])
    /// - Parameter most: `nil` for without a limit.
    case repeated(PatternNode, least: Int, most: Int?)
    /// The first group, whose bytes are the value.
    case value(PatternNode)
}

/// A set of bytes.
struct PatternSet: Equatable, Sendable {
    private var words = SIMD4<UInt64>()

    init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { insert(byte) }
    }

    mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

    mutating func formUnion(_ other: PatternSet) { words |= other.words }

    func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 != 0 }

    var inverted: PatternSet {
        var other = self
        other.words = ~words
        return other
    }

    static let digits = PatternSet(0x30...0x39)
    static let spaces = PatternSet([0x20, 0x09, 0x0A, 0x0D])
    /// Letters, digits and the underscore.
    static let letters = {
        var set = digits
        for range: ClosedRange<UInt8> in [0x41...0x5A, 0x61...0x7A, 0x5F...0x5F] { set.formUnion(PatternSet(range)) }
        return set
    }()
    static let all = PatternSet(0...255)
}
