/// Takes the elements from a code one behind the other (GS1 General Specifications, section 7.8).
package struct ElementReader: Sequence, IteratorProtocol {
    /// FNC1 between two elements, as scanners send it.
    package static let separator: UInt8 = 0x1D

    private var rest: ArraySlice<UInt8>
    /// Why the reader stopped before the end; `nil` at the end.
    package private(set) var error: GS1Error?
    private var count = 0

    /// - Parameter data: the code's bytes, without the symbology's identifier. A separator in front, behind an element that
    ///   needs none, and at the end is passed over.
    package init(_ data: [UInt8]) {
        rest = data[...]
    }

    /// - Returns: the next element, its value as it stands there, right or wrong; `nil` at the end and where no identifier
    ///   follows.
    package mutating func next() -> Element? {
        rest = rest.drop { $0 == Self.separator }
        guard error == nil, !rest.isEmpty else { return nil }
        guard count < GS1Limits.elementsMax else {
            return stop(.tooManyElements, "", "The code has more than \(GS1Limits.elementsMax) elements.")
        }
        guard let identifier = ApplicationIdentifier(at: rest) else {
            let digits = String(decoding: rest.prefix(4).prefix { $0.isDigit }, as: UTF8.self)
            return stop(
                .unknownIdentifier, digits,
                "There is no application identifier where one should follow, but \"\(digits)\".")
        }
        let value = rest.dropFirst(identifier.digits.utf8.count).prefix { $0 != Self.separator }
            .prefix(identifier.fixedLength ?? .max)
        rest = rest[value.endIndex...]
        count += 1
        return Element(identifier: identifier, value: Array(value))
    }

    private mutating func stop(_ code: GS1Error.Code, _ identifier: String, _ message: String) -> Element? {
        error = GS1Error(code: code, identifier: identifier, message: message)
        return nil
    }
}
