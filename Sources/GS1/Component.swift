/// A part of an element's value.
struct Component: Sendable, Equatable {
    let characters: CharacterSet
    let lengths: ClosedRange<Int>
    /// Whether it may be left out where the value has ended.
    let isOptional: Bool
    let rules: [ContentRule]

    /// - Parameter text: as in ``ApplicationIdentifier/table``: `N13:csum,gcppos1`, `X..17?`.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard let form = parts.first, let characters = form.first.flatMap(CharacterSet.init) else { return nil }
        let isOptional = form.last == "?"
        let length = form.dropFirst().dropLast(isOptional ? 1 : 0)
        guard let longest = Int(length.hasPrefix("..") ? length.dropFirst(2) : length) else { return nil }
        self.characters = characters
        self.isOptional = isOptional
        lengths = (length.hasPrefix("..") ? 1 : longest)...longest
        var rules: [ContentRule] = []
        for name in parts.count == 2 ? parts[1].split(separator: ",") : [] {
            guard let rule = ContentRule(rawValue: String(name)) else { return nil }
            rules.append(rule)
        }
        self.rules = rules
    }

    /// Takes the component from the front of a value.
    /// - Returns: what is wrong with it.
    func take(_ value: inout ArraySlice<UInt8>) -> (code: GS1Error.Code, words: String)? {
        if value.isEmpty, isOptional { return nil }
        let mine = value.prefix(lengths.upperBound)
        guard mine.count >= lengths.lowerBound else { return (.tooShort, "is too short") }
        guard mine.allSatisfy(characters.contains) else {
            return (.characterNotAllowed, "has a character that is not allowed there")
        }
        if let rule = rules.first(where: { !$0.holds(mine) }) { return (.contentNotAllowed, "is not \(rule.words)") }
        value = value.dropFirst(mine.count)
        return nil
    }
}
