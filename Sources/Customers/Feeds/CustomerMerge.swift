package import Foundation

/// A customer who is the same as another one, whose key stays: what the store keeps of the one goes on with the other.
package struct CustomerMerge: Sendable, Equatable {
    /// The feed's key of the customer who is no more.
    package var key: String
    /// The key of the one he goes on as.
    package var into: String
    package var at: Date

    package init(key: String, into: String, at: Date) {
        self.key = key
        self.into = into
        self.at = at
    }
}
