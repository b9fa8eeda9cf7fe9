/// Something that is not as the GS1 General Specifications have it.
package struct GS1Error: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong. Stable: it may be printed and compared.
    package enum Code: String, Sendable, CaseIterable {
        case unknownIdentifier = "UNKNOWN_IDENTIFIER"
        case tooShort = "TOO_SHORT"
        case tooLong = "TOO_LONG"
        case characterNotAllowed = "CHARACTER_NOT_ALLOWED"
        /// A check digit, a check pair, or a value that breaks the rule its identifier has.
        case contentNotAllowed = "CONTENT_NOT_ALLOWED"
        /// An element without the one it belongs to.
        case elementMissing = "ELEMENT_MISSING"
        /// Two elements that exclude each other.
        case elementsExclusive = "ELEMENTS_EXCLUSIVE"
        /// The same element twice with two values.
        case elementRepeated = "ELEMENT_REPEATED"
        case tooManyElements = "TOO_MANY_ELEMENTS"
        /// An address whose path holds no key that GS1 knows, or qualifiers in another order.
        case notALink = "NOT_A_LINK"
    }

    package let code: Code
    /// The application identifier, or the digits in the place of one.
    package let identifier: String
    /// A sentence for a person, without the value.
    package let message: String

    package var description: String { message }
}
