import Foundation

/// Text in the characters that every display has: ASCII from space to tilde.
package enum DisplayTransliteration {
    /// Writes letters of other alphabets in Latin ones, drops accents, and puts "?" where nothing readable is left.
    package static func simplified(_ text: String) -> String {
        let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(DisplayLimits.lineScalarsMax)))
        if start.utf8.allSatisfy(isShown) { return start }
        let spelled = spell(start.precomposedStringWithCanonicalMapping)
        if spelled.utf8.allSatisfy(isShown) { return spelled }
        let latin = spelled.applyingTransform(.toLatin, reverse: false) ?? spelled
        // The transform may bring letters that the table knows.
        return latin.map(plain).joined()
    }

    /// The same, but for characters that the display has, which stay as they are.
    /// - Parameter has: whether it has a character.
    package static func simplified(_ text: String, keeping has: (Character) -> Bool) -> String {
        var shown = ""
        var rest = text[...]
        while let first = rest.first {
            let isKept = has(first)
            let run = rest.prefix { has($0) == isKept }
            shown += isKept ? String(run) : simplified(String(run))
            rest = rest[run.endIndex...]
        }
        return shown
    }

    private static func isShown(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) }

    /// One character without its accents.
    private static func plain(_ character: Character) -> String {
        let text = String(character)
        if text.utf8.allSatisfy(isShown) { return text }
        if character.isWhitespace { return " " }
        let bare = spell(text.applyingTransform(.stripDiacritics, reverse: false) ?? text)
        let folded = bare.folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil)
        let shown = String(decoding: folded.utf8.filter(isShown), as: UTF8.self)
        return shown.isEmpty ? "?" : shown
    }

    /// Replaces what the table knows.
    private static func spell(_ text: String) -> String {
        let characters = Array(text)
        var spelled = ""
        for (index, character) in characters.enumerated() {
            let previous = index > 0 ? characters[index - 1] : nil
            guard let replacement = DisplayAlphabet.spelling(of: character, after: previous) else {
                spelled.append(character)
                continue
            }
            let next = index + 1 < characters.count ? characters[index + 1] : nil
            spelled += cased(replacement, like: character, between: previous, and: next)
        }
        return spelled
    }

    /// A spelling of several letters is in capitals within a word in capitals, else it begins with one.
    private static func cased(
        _ spelling: String, like character: Character, between previous: Character?, and next: Character?
    ) -> String {
        guard character.isUppercase, let first = spelling.first else { return spelling }
        let isShouted = next.map { $0.isLetter ? $0.isUppercase : previous?.isUppercase == true }
        if isShouted ?? (previous?.isUppercase == true) { return spelling.uppercased() }
        return first.uppercased() + spelling.dropFirst()
    }
}
