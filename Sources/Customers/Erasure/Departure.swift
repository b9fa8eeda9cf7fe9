/// A customer who is gone from the copy, and whose traces elsewhere in the edge are still to be removed.
package struct Departure: Sendable, Equatable {
    /// Where the note of it stands.
    package let number: Int64
    /// The customer's opaque id.
    package let id: String
    /// The feed that had the customer; empty when the record could not be read.
    package let feed: String
    /// By what the customer was known; none when the record could not be read.
    package let identifiers: [Identifier]
    /// The opaque id of the customer he goes on as, whom the traces elsewhere belong to from now on; `nil` for one who is
    /// forgotten.
    package var successor: String?

    package init(number: Int64, id: String, feed: String, identifiers: [Identifier], successor: String? = nil) {
        self.number = number
        self.id = id
        self.feed = feed
        self.identifiers = identifiers
        self.successor = successor
    }
}
