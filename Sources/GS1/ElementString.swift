/// The elements of a code, and what is wrong with them.
package struct ElementString: Sendable, Equatable {
    package let elements: [Element]
    /// What is wrong, in the order of the code; then what is missing or too much beside each other. Empty for a code that is
    /// as it should be.
    package let errors: [GS1Error]

    /// Reads GS1 element strings.
    package init(_ data: [UInt8]) {
        var reader = ElementReader(data)
        var elements: [Element] = []
        while let element = reader.next() { elements.append(element) }
        self.init(elements: elements, errors: reader.error.map { [$0] } ?? [])
    }

    init(elements: [Element], errors: [GS1Error]) {
        self.elements = elements
        let values = elements.compactMap(\.error)
        self.errors = values + errors + (values.isEmpty && errors.isEmpty ? Self.relationErrors(of: elements) : [])
    }

    /// The value behind an identifier; `nil` when there is none.
    package subscript(_ digits: String) -> [UInt8]? {
        elements.first { $0.identifier.digits == digits }?.value
    }

    /// The product number: identifier 01. `nil` when there is none, or its check digit is wrong.
    package var gtin: GTIN? { self["01"].flatMap { GTIN(digits: $0) } }

    /// The product number in a code, which is read no further.
    package static func gtin(in data: [UInt8]) -> GTIN? {
        var reader = ElementReader(data)
        while let element = reader.next() {
            if element.identifier.digits == "01" { return GTIN(digits: element.value) }
        }
        return nil
    }

    /// Whether bare digits are an element string beyond doubt: a shipping unit or a product number in front, with the
    /// right check digit.
    ///
    /// Other identifiers prove nothing: 22, 240 or 400 begin element strings of almost any length, and payment cards.
    package static func isProven(_ digits: [UInt8]) -> Bool {
        guard let first = ElementReader(digits).first(where: { _ in true }) else { return false }
        switch first.identifier.digits {
        case "00", "01", "02":
            return first.value.count == first.identifier.fixedLength && first.value.allSatisfy(\.isDigit)
                && CheckDigit.holds(first.value)
        default: return false
        }
    }
}
