/// Letters and signs that Foundation's transforms do not turn into readable ASCII.
enum DisplayAlphabet {
    /// - Returns: how a character is written in ASCII letters, in lower case; `nil` when the table does not know it.
    static func spelling(of character: Character, after previous: Character?) -> String? {
        if character.isASCII { return nil }
        let letter = Character(character.lowercased().first.map(String.init) ?? String(character))
        if previous?.isLetter != true, let spelling = wordBeginnings[letter] { return spelling }
        // зг is zgh, so that it is not taken for ж.
        if letter == "г", previous?.lowercased() == "з" { return "gh" }
        return letters[letter] ?? signs[character]
    }

    private static let letters: [Character: String] = latin.merging(cyrillic) { first, _ in first }

    private static let latin: [Character: String] = [
        "ø": "o", "æ": "ae", "å": "a", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
        "ı": "i",
        "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "a",
    ]

    /// The Ukrainian rules (Cabinet of Ministers, resolution 55 of 27 January 2010). Letters of other Cyrillic alphabets
    /// follow their usual spelling in passports.
    private static let cyrillic: [Character: String] = [
        "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
        "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
        "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
        "я": "ia", "ё": "e", "ъ": "", "ы": "y", "э": "e", "ў": "u",
    ]

    private static let wordBeginnings: [Character: String] = [
        "є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya",
    ]

    private static let signs: [Character: String] = [
        "‘": "'", "’": "'", "‚": ",", "“": "\"", "”": "\"", "„": "\"", "«": "\"", "»": "\"", "–": "-", "—": "-",
        "−": "-",
        "…": "...", "€": "EUR", "£": "GBP", "₴": "UAH", "×": "x", "·": ".", "•": "*", "№": "No", "°": " deg",
        "©": "(c)",
        "®": "(R)", "™": "TM", "½": "1/2", "¼": "1/4", "¾": "3/4",
    ]
}
