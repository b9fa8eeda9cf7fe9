/// A store's customers that never were, for a trial without any system outside.
package enum SampleStore {
    /// The feed the customers come from.
    package static let feed = "sample"

    /// Puts the customers into a replica: the same ones each time.
    /// - Throws: ``CustomersError`` when the file cannot be written.
    package static func fill(_ replica: Replica) throws(CustomersError) {
        try replica.apply(ChangePage(feed: feed, cursor: [], isComplete: true))
    }
}
