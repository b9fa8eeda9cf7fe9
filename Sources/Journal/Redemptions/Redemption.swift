package import Foundation

/// One use of a benefit, as the journal keeps it.
package struct Redemption: Sendable, Equatable {
    /// 16 bytes, from the operation that made it.
    package let id: [UInt8]
    /// The opaque id of the customer.
    package let customer: String
    /// The id of the benefit in its source.
    package let benefit: String
    package let lane: String
    /// The till's number of the basket, empty when it named none.
    package let basket: String
    /// The feed whose benefit it is, which learns of its use; empty when nobody knows.
    package let source: String
    /// In the caller's numbers.
    package var state: Int64
    package var expiresAt: Date
    package var changedAt: Date

    package init(
        id: [UInt8], customer: String, benefit: String, lane: String, basket: String, source: String = "", state: Int64,
        expiresAt: Date, changedAt: Date
    ) {
        self.id = id
        self.customer = customer
        self.benefit = benefit
        self.lane = lane
        self.basket = basket
        self.source = source
        self.state = state
        self.expiresAt = expiresAt
        self.changedAt = changedAt
    }
}
