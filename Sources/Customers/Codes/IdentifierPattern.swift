/// A kind of code that a store has beside those that everybody knows: what it looks like, and which identifier it holds.
package struct IdentifierPattern: Sendable, Equatable {
    /// A word for people: `member QR`.
    package let name: String
    package let pattern: CodePattern
    /// What the value is looked up as: one of those that the sources give.
    package let type: IdentifierType

    package init(name: String, pattern: CodePattern, type: IdentifierType) {
        self.name = name
        self.pattern = pattern
        self.type = type
    }

    /// The identifier that a code holds; `nil` for a code of another kind.
    package func identifier(in code: [UInt8]) -> Identifier? {
        guard let value = pattern.value(of: code), !value.isEmpty,
            let text = String(validating: value, as: UTF8.self)
        else { return nil }
        return Identifier(type: type, value: text)
    }
}
