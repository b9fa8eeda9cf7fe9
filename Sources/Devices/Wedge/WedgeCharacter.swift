/// What a key types in one state of the modifiers and locks.
struct WedgeCharacter: RawRepresentable, Sendable, Hashable {
    /// The scalar's number; for a dead key the number of its XKB keysym with the upper bit set.
    let rawValue: UInt32

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    init(_ scalar: Unicode.Scalar) {
        rawValue = scalar.value
    }

    init(dead keysym: UInt32) {
        rawValue = Self.deadBit | keysym
    }

    static let none = WedgeCharacter(rawValue: .max)
    private static let deadBit: UInt32 = 0x8000_0000

    var scalar: Unicode.Scalar? { Unicode.Scalar(rawValue) }

    /// The keysym of a dead key; `nil` for every other key.
    var deadKeysym: UInt32? {
        rawValue >= Self.deadBit && self != .none ? rawValue & ~Self.deadBit : nil
    }

    /// The byte of a control character; `nil` for every other.
    var control: UInt8? { rawValue < 0x20 || rawValue == 0x7F ? UInt8(rawValue) : nil }
}
