extension Replica {
    /// The feed of customers who were made in the store and whom no source has given yet. No source has this name.
    package static let provisionalFeed = "in_store"

    /// Takes a customer who was made in the store, so that he is recognised before his system gives him. When it does, by the
    /// same card, or by the same phone or e-mail with the same name, he goes on as that one: with one transaction he is gone
    /// here and is the other's, and ``departures(limit:)`` says so.
    /// - Parameters:
    ///   - record: its key is the store's own, such as the id of the operation that made him.
    ///   - groups: those of his that are to have a name.
    /// - Returns: the opaque id; `nil` when a card of his is another customer's, or the record cannot be taken.
    /// - Throws: ``CustomersError`` when the file cannot be written.
    package func addProvisional(
        _ record: CustomerRecord, groups: [GroupTerms] = []
    ) throws(CustomersError) -> String? {
        let page = ChangePage(
            feed: Self.provisionalFeed, cursor: [], isComplete: true, groups: groups, customers: [.upsert(record)])
        guard try apply(page).upserted == 1 else { return nil }
        return customerID(feed: Self.provisionalFeed, key: record.key)
    }
}
