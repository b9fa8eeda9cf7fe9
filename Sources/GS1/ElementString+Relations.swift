extension ElementString {
    /// What the elements say of each other. A code holds only a part of what is printed on an item, so a missing element may
    /// be on the code beside it (GS1 General Specifications, section 4).
    static func relationErrors(of elements: [Element]) -> [GS1Error] {
        var errors: [GS1Error] = []
        for (place, element) in elements.enumerated() {
            let identifier = element.identifier
            let others = elements.map(\.identifier.digits).filter { $0 != identifier.digits }
            if let other = others.first(where: { digits in identifier.excludes.contains { matches($0, digits) } }) {
                errors.append(error(.elementsExclusive, identifier, "may not stand beside (\(other))"))
            }
            if !identifier.needs.isEmpty, !identifier.needs.contains(where: { isMet($0, by: others) }) {
                let wanted = identifier.needs.map { $0.map { "(\($0))" }.joined(separator: " with ") }
                errors.append(error(.elementMissing, identifier, "needs \(wanted.joined(separator: " or ")) beside it"))
            }
            if elements[..<place].contains(where: { $0.identifier == identifier && $0.value != element.value }) {
                errors.append(error(.elementRepeated, identifier, "stands there twice, with two values"))
            }
        }
        return errors
    }

    private static func isMet(_ group: [String], by others: [String]) -> Bool {
        group.allSatisfy { wanted in others.contains { matches(wanted, $0) } }
    }

    /// - Parameter pattern: digits, and "n" for any.
    private static func matches(_ pattern: String, _ digits: String) -> Bool {
        pattern.utf8.count == digits.utf8.count
            && zip(pattern.utf8, digits.utf8).allSatisfy { $0 == UInt8(ascii: "n") || $0 == $1 }
    }

    private static func error(_ code: GS1Error.Code, _ identifier: ApplicationIdentifier, _ words: String) -> GS1Error {
        GS1Error(code: code, identifier: identifier.digits, message: "\(identifier) \(identifier.title) \(words).")
    }
}
