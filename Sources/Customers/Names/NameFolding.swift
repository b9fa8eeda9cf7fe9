import Foundation

/// Names as they are searched: letters without marks, in lower case, in words.
package enum NameFolding {
    /// Letters that have no mark to take away, though they are typed as if they had.
    ///
    /// Foundation folds å, ä, ö, š, ž, ї and й, and leaves these.
    private static let letters: [Character: String] = [
        "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t",
        "ŋ": "n", "ĸ": "k", "ı": "i", "ə": "e", "ǥ": "g", "ʒ": "z", "ґ": "г", "ё": "е",
    ]
    /// Marks inside a word, which are left out: O'Brien, Дем'янчук.
    private static let joiners: Set<Character> = ["'", "’", "ʼ", "`", "´"]

    /// The words of a name, folded, in their order, at most ``CustomersLimits/nameWordsMax`` of them.
    package static func words(_ name: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in folded(name) {
            if character.isLetter || character.isNumber {
                word += letters[character] ?? String(character)
            } else if !joiners.contains(character), !word.isEmpty {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return Array(words.prefix(CustomersLimits.nameWordsMax))
    }

    private static func folded(_ name: String) -> String {
        // Most names need nothing of Foundation, which is slow.
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return name.lowercased() }
        let folded = name.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
            .lowercased()
        // Marks that no letter took up are left standing.
        return String(String.UnicodeScalarView(folded.unicodeScalars.filter { !isMark($0) }))
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }
}
