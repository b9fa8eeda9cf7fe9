/// Guesses the keyboard layout that a scanner is set to from a code of which it is known what it holds.
package enum LayoutGuess {
    /// The layouts that scanners are set to, by their names in xkb-data, the most frequent first.
    package static let layouts = [
        "us", "gb", "de", "fr", "be", "ch", "it", "es", "pt", "fi", "se", "no", "dk", "nl", "pl", "cz", "hu", "ru",
        "tr",
        "jp",
    ]

    /// How long a test code may be, in characters.
    package static let charactersMax = 256

    /// - Parameters:
    ///   - read: what the scanner's keys were read as.
    ///   - settings: how they were read.
    ///   - expected: what the code holds.
    /// - Returns: the layouts, other than that of `settings`, on which the same keys type what the code holds.
    package static func layouts(read: String, as settings: WedgeSettings, expected: String) -> [String] {
        let (seen, wanted) = (Array(read.unicodeScalars), Array(expected.unicodeScalars))
        guard seen.count == wanted.count, seen.count <= charactersMax, !seen.isEmpty,
            let present = try? WedgeKeymap.named(settings.layout, variant: settings.variant)
        else { return [] }
        let keys = seen.map { present.keys(typing: $0) }
        return layouts.filter { layout in
            guard layout != settings.layout, let keymap = try? WedgeKeymap.named(layout, variant: "") else {
                return false
            }
            return zip(keys, wanted).allSatisfy { keys, scalar in
                keys.contains { keymap.typed(by: $0) == scalar }
            }
        }
    }
}

extension WedgeKeymap {
    /// A key with what is held beside it.
    fileprivate struct Stroke {
        let usage: UInt8
        let state: State
    }

    private static let held: [WedgeModifiers] = [[], .leftShift, .rightAlt, [.leftShift, .rightAlt]]

    /// The strokes that type a character, or that type it with the space bar behind a dead key. The numeric keypad is left out.
    fileprivate func keys(typing scalar: Unicode.Scalar) -> [Stroke] {
        Self.held.flatMap { modifiers in
            let state = State(modifiers: modifiers)
            return (WedgeKey.letters.lowerBound..<WedgeKey.capsLock).map { Stroke(usage: $0, state: state) }
                + [UInt8(0x64), 0x87, 0x89].map { Stroke(usage: $0, state: state) }
        }.filter { typed(by: $0) == scalar }
    }

    fileprivate func typed(by stroke: Stroke) -> Unicode.Scalar? {
        let character = character(of: stroke.usage, in: stroke.state)
        return character.deadKeysym.map { deadKey($0)?.spacing } ?? character.scalar
    }
}
