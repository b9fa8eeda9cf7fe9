import GS1

/// A field of a label by its GS1 application identifier.
package struct LabelElement: Sendable, Equatable {
    /// "01", "3103".
    package let ai: String
    /// GS1's title of it: "GTIN".
    package let title: String
    package let value: [UInt8]

    /// How many fields of a label are told.
    package static let elementsMax = 32

    /// What could be read of a label that was journaled; nothing of one that holds no such fields.
    package static func all(in data: [UInt8], of family: Label.Family) -> [LabelElement] {
        guard !data.isEmpty, let string = Label.elements(of: data, family) else { return [] }
        return string.elements.prefix(elementsMax).map {
            LabelElement(ai: $0.identifier.digits, title: $0.identifier.title, value: $0.value)
        }
    }
}
