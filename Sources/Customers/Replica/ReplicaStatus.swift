/// How the local copy stands.
package struct ReplicaStatus: Sendable, Equatable {
    /// The company's customers.
    package var customers: UInt64
    /// Milliseconds since the slowest feed gave a page, 0 when none has.
    package var ageMilliseconds: UInt64
    /// Whether there are feeds, and every one has given everything it holds.
    package var complete: Bool

    package init(customers: UInt64, ageMilliseconds: UInt64, complete: Bool) {
        self.customers = customers
        self.ageMilliseconds = ageMilliseconds
        self.complete = complete
    }
}
