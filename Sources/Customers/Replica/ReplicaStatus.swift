/// How the local copy stands.
package struct ReplicaStatus: Sendable, Equatable {
    /// The company's customers.
    package var customers: UInt64
    /// Milliseconds since the slowest feed gave a page, 0 when none has.
    package var ageMilliseconds: UInt64
    /// Whether there are feeds, and every one has given everything it holds.
    package var complete: Bool
    /// Customers whose records turned out not to be readable when they were asked for, at most
    /// ``CustomersLimits/unreadableCounted``. They are not recognised until their feed gives them again.
    package var unreadableRecords: Int

    package init(customers: UInt64, ageMilliseconds: UInt64, complete: Bool, unreadableRecords: Int = 0) {
        self.customers = customers
        self.ageMilliseconds = ageMilliseconds
        self.complete = complete
        self.unreadableRecords = unreadableRecords
    }
}
