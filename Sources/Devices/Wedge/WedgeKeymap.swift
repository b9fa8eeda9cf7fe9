/// What each key of a layout types: a table, made once by libxkbcommon, so that a key costs one look-up.
///
/// The keyboard's state picks a plane of 256 keys. States that type the same share a plane: most modifiers change nothing.
struct WedgeKeymap: Sendable {
    /// The modifiers, and the two locks that a keyboard without a host knows.
    struct State: Sendable, Hashable {
        var modifiers: WedgeModifiers = []
        var capsLock = false
        /// Keyboards begin with it, so that the numeric keypad types digits.
        var numLock = true

        static let count = 1_024

        var place: Int { Int(modifiers.rawValue) | (capsLock ? 256 : 0) | (numLock ? 512 : 0) }
    }

    private(set) var planes = [UInt16](repeating: 0, count: State.count)
    private(set) var characters: [WedgeCharacter] = []

    /// Adds a plane for a state, or lets the state share one that is the same.
    /// - Parameter plane: 256 characters, by usage.
    mutating func set(_ plane: [WedgeCharacter], for state: State) {
        let found = (0..<characters.count / 256).first { characters[($0 * 256)..<($0 * 256 + 256)] == plane[...] }
        planes[state.place] = UInt16(found ?? characters.count / 256)
        if found == nil { characters += plane }
    }

    mutating func share(_ other: State, with state: State) {
        planes[other.place] = planes[state.place]
    }

    func character(of usage: UInt8, in state: State) -> WedgeCharacter {
        characters[Int(planes[state.place]) << 8 | Int(usage)]
    }
}
