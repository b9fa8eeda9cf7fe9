import Foundation

/// What stands on a card, on paper and on a screen: the store, the code, and nothing of the customer.
package struct CardFace: Sendable {
    /// The store or chain whose card it is.
    package let store: String
    package let code: CardCode
    package let language: CardLanguage

    package init(store: String, code: CardCode, language: CardLanguage) {
        self.store = store
        self.code = code
        self.language = language
    }

    /// The code in groups that a person can read out: `CT1 0ABC …`.
    var spelledCode: String {
        let text = Array(code.text)
        let groups = stride(from: 3, to: text.count, by: 4).map { String(text[$0..<min($0 + 4, text.count)]) }
        return ([CardCode.prefix] + groups).joined(separator: " ")
    }
}
