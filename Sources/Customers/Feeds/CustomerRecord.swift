package import Foundation

/// A customer as a feed gives him: the least that serves.
package struct CustomerRecord: Sendable, Equatable {
    /// The feed's own key of the customer. It is not kept; the customer's opaque id is a keyed digest of it.
    package var key: String
    package var name: String
    package var firstName: String
    package var language: String
    package var identifiers: [Identifier]
    /// The ids of groups of the same feed.
    package var groupIDs: [String]
    /// The customer's own terms and balance, without those of the groups.
    package var loyalty: Loyalty
    package var permissions: [Permission]
    package var benefits: [Benefit]
    /// When the source last changed it; where the source does not say, when its data are from. A record of an erased customer
    /// counts only when it is newer than the erasure.
    package var changedAt: Date
    /// Whether the source says itself when it changed the customer. One that does not brings nobody back whom the store was asked
    /// to forget: that it still has him shows nothing of what he wants.
    package var isDated: Bool

    package init(
        key: String, name: String, firstName: String = "", language: String = "", identifiers: [Identifier] = [],
        groupIDs: [String] = [], loyalty: Loyalty = Loyalty(), permissions: [Permission] = [], benefits: [Benefit] = [],
        changedAt: Date, isDated: Bool = true
    ) {
        self.key = key
        self.name = name
        self.firstName = firstName
        self.language = language
        self.identifiers = identifiers
        self.groupIDs = groupIDs
        self.loyalty = loyalty
        self.permissions = permissions
        self.benefits = benefits
        self.changedAt = changedAt
        self.isDated = isDated
    }
}
