/// The tokens of names: a keyed number for each beginning of each word.
struct NameTokens {
    private let keys: CompanyKeys
    /// The tokens of words met so far, because the same names come again and again.
    private var known: [String: [Int64]] = [:]

    init(keys: CompanyKeys) {
        self.keys = keys
    }

    /// The tokens of a name, each once.
    mutating func tokens(of name: String) -> [Int64] {
        var tokens: [Int64] = []
        for word in NameFolding.words(name) {
            // A word of a dozen letters at most: to look through them costs less than a set.
            for token in self.tokens(ofWord: word) where !tokens.contains(token) { tokens.append(token) }
        }
        return tokens
    }

    private mutating func tokens(ofWord word: String) -> [Int64] {
        if let tokens = known[word] { return tokens }
        let letters = CustomersLimits.tokenLetters
        let tokens = letters.prefix { $0 <= word.count }.map { keys.token(word.prefix($0).utf8) }
        if known.count < CustomersLimits.tokenWordsKept { known[word] = tokens }
        return tokens
    }

    /// The token by which a search finds names with a word that begins like this.
    static func token(ofBeginning word: String, keys: CompanyKeys) -> Int64 {
        keys.token(word.prefix(CustomersLimits.tokenLetters.upperBound).utf8)
    }
}
