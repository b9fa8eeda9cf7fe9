/// Numbers that are the same in every run: SplitMix64.
struct SampleNumbers {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0xD134_2543_DE82_EF95 &+ 1
    }

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        value ^= value >> 31
        return Int(value % UInt64(max(1, bound)))
    }

    mutating func pick<T>(_ list: [T]) -> T { list[next(below: list.count)] }

    mutating func digits(_ count: Int) -> String {
        (0..<count).map { _ in String(next(below: 10)) }.joined()
    }

    mutating func letters(_ count: Int) -> String {
        String((0..<count).map { _ in pick(SampleNumbers.alphabet) })
    }

    /// A pattern with a digit in the place of each `#`.
    mutating func filled(_ pattern: String) -> String {
        pattern.map { $0 == "#" ? digits(1) : String($0) }.joined()
    }

    /// Without letters that are taken for others.
    private static let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
}
