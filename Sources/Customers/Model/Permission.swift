package import Foundation

/// What a customer allows, or does not: one channel or purpose.
package struct Permission: Sendable, Hashable {
    /// `email`, `sms`, `post`, `push`, `profiling`, or the source's own name.
    package var name: String
    package var granted: Bool
    /// The text that was agreed to.
    package var consentText: String
    /// When it was given or withdrawn, kept to the millisecond.
    package var changedAt: Date

    package init(name: String, granted: Bool, consentText: String, changedAt: Date) {
        self.name = name
        self.granted = granted
        self.consentText = consentText
        self.changedAt = changedAt
    }
}
