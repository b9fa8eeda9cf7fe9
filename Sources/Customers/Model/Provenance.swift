/// Where an answer comes from and how fresh it is.
package struct Provenance: Sendable, Equatable {
    /// The source of an answer that names no customer.
    package static let replicaSource = "replica"

    /// The feed that wrote the record, or ``replicaSource``.
    package var source: String
    /// Milliseconds since that feed last gave a page; without a record, since the slowest feed did. 0 when none has.
    package var ageMilliseconds: UInt64
    /// Whether that feed, or without a record every feed, has given everything it holds. Until then "not found" means
    /// nothing.
    package var complete: Bool

    package init(source: String, ageMilliseconds: UInt64, complete: Bool) {
        self.source = source
        self.ageMilliseconds = ageMilliseconds
        self.complete = complete
    }
}
