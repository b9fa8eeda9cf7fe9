/// Where a value stands in a row: a column's name, or names of objects within each other with dots between them.
package struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    package let text: String
    let parts: [String]

    package init(_ text: String) {
        self.text = text
        parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    package var description: String { text }
}
