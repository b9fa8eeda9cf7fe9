/// Parts of pauses by chance, the same for the same seed: SplitMix64 (https://prng.di.unimi.it/splitmix64.c).
struct FeedJitter: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// From nothing to the whole of a pause.
    mutating func part(of pause: Duration) -> Duration {
        let milliseconds = UInt64(max(0, pause / .milliseconds(1)))
        return .milliseconds(Int64(next() % (milliseconds + 1)))
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
