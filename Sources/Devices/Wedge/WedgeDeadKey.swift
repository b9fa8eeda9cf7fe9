/// A key that types nothing by itself and puts an accent on the next letter.
///
/// The tables of X11's Compose are not used: there the acute accent and a space make an apostrophe. Scanners type as on
/// Windows, where they make the accent itself, because the apostrophe has a key of its own.
struct WedgeDeadKey: Sendable, Equatable {
    /// The accent as it stands on a letter.
    let combining: Unicode.Scalar
    /// The accent on its own.
    let spacing: Unicode.Scalar

    /// The keysyms of dead keys (xkbcommon-keysyms.h).
    static let keysyms: ClosedRange<UInt32> = 0xFE50...0xFE93

    /// The dead keys of Latin, Greek and Cyrillic layouts, by keysym.
    static let known: [UInt32: WedgeDeadKey] = [
        0xFE50: WedgeDeadKey(combining: "\u{300}", spacing: "`"),
        0xFE51: WedgeDeadKey(combining: "\u{301}", spacing: "\u{B4}"),
        0xFE52: WedgeDeadKey(combining: "\u{302}", spacing: "^"),
        0xFE53: WedgeDeadKey(combining: "\u{303}", spacing: "~"),
        0xFE54: WedgeDeadKey(combining: "\u{304}", spacing: "\u{AF}"),
        0xFE55: WedgeDeadKey(combining: "\u{306}", spacing: "\u{2D8}"),
        0xFE56: WedgeDeadKey(combining: "\u{307}", spacing: "\u{2D9}"),
        0xFE57: WedgeDeadKey(combining: "\u{308}", spacing: "\u{A8}"),
        0xFE58: WedgeDeadKey(combining: "\u{30A}", spacing: "\u{B0}"),
        0xFE59: WedgeDeadKey(combining: "\u{30B}", spacing: "\u{2DD}"),
        0xFE5A: WedgeDeadKey(combining: "\u{30C}", spacing: "\u{2C7}"),
        0xFE5B: WedgeDeadKey(combining: "\u{327}", spacing: "\u{B8}"),
        0xFE5C: WedgeDeadKey(combining: "\u{328}", spacing: "\u{2DB}"),
        0xFE5D: WedgeDeadKey(combining: "\u{345}", spacing: "\u{37A}"),
        0xFE60: WedgeDeadKey(combining: "\u{323}", spacing: "."),
        0xFE61: WedgeDeadKey(combining: "\u{309}", spacing: "?"),
        0xFE62: WedgeDeadKey(combining: "\u{31B}", spacing: "\u{31B}"),
        0xFE63: WedgeDeadKey(combining: "\u{338}", spacing: "/"),
        0xFE64: WedgeDeadKey(combining: "\u{313}", spacing: "\u{1FBD}"),
        0xFE65: WedgeDeadKey(combining: "\u{314}", spacing: "\u{1FFE}"),
        0xFE66: WedgeDeadKey(combining: "\u{30F}", spacing: "\u{30F}"),
        0xFE6E: WedgeDeadKey(combining: "\u{326}", spacing: ","),
    ]

    /// The letter with the accent, as one scalar; `nil` when Unicode has none.
    func composed(with base: Unicode.Scalar) -> Unicode.Scalar? {
        if combining == "\u{338}", let place = Self.strokeBases.firstIndex(of: base) { return Self.stroked[place] }
        var text = String.UnicodeScalarView()
        text.append(base)
        text.append(combining)
        guard let character = String(text).first else { return nil }
        return Self.precomposed[character]
    }

    /// All letters with accents, found by what they are equivalent to.
    private static let precomposed: [Character: Unicode.Scalar] = {
        var found: [Character: Unicode.Scalar] = [:]
        for block: ClosedRange<UInt32> in [0xC0...0x24F, 0x370...0x52F, 0x1E00...0x1FFF] {
            for scalar in block.compactMap({ Unicode.Scalar($0) }) where scalar.properties.isAlphabetic {
                found[Character(scalar)] = scalar
            }
        }
        return found
    }()

    /// Unicode does not take strokes apart.
    private static let strokeBases: [Unicode.Scalar] = ["o", "O", "d", "D", "l", "L", "h", "H", "t", "T"]
    private static let stroked: [Unicode.Scalar] = ["ø", "Ø", "đ", "Đ", "ł", "Ł", "ħ", "Ħ", "ŧ", "Ŧ"]
}
