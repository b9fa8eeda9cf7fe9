/// Random numbers that come again with their seed: SplitMix64.
struct SeededRandom: RandomNumberGenerator {
    /// For the message of a failure.
    let note: String
    private var state: UInt64

    init(seed: UInt64) {
        note = "seed \(seed)"
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    /// Digits in ASCII.
    mutating func digits(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0x30...0x39, using: &self) }
    }
}
