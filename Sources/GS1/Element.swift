/// An application identifier and its value.
package struct Element: Sendable, Equatable {
    package let identifier: ApplicationIdentifier
    /// The value's bytes, without a separator, and in a link without its percent signs.
    package let value: [UInt8]

    /// What is wrong with the value; `nil` when nothing is.
    package var error: GS1Error? {
        var rest = value[...]
        for component in identifier.components {
            if let found = component.take(&rest) { return error(found.code, found.words) }
        }
        return rest.isEmpty ? nil : error(.tooLong, "is too long")
    }

    private func error(_ code: GS1Error.Code, _ words: String) -> GS1Error {
        GS1Error(
            code: code, identifier: identifier.digits,
            message: "The value of \(identifier) \(identifier.title) \(words).")
    }
}
