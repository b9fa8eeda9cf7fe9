/// One of the values a customer is known by.
package struct Identifier: Sendable, Hashable {
    package var type: IdentifierType
    package var value: String

    package init(type: IdentifierType, value: String) {
        self.type = type
        self.value = value
    }
}
