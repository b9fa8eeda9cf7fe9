/// A row that was found, opened.
struct Match {
    let column: Int64
    /// `nil` when the record cannot be read.
    let customer: Customer?
    let feed: FeedState?
}

/// The customers who have an identifier: one at least, all by the same type.
struct Candidates {
    let type: IdentifierType
    let customers: [Customer]
    let feeds: [FeedState]
    /// Whether there is one more at least, whose record cannot be read.
    let isPartial: Bool

    /// - Returns: `nil` for none.
    init?(_ matches: [Match]) {
        guard let first = matches.first, let type = IdentifierForm.type(column: first.column) else { return nil }
        self.type = type
        customers = matches.compactMap(\.customer)
        feeds = matches.compactMap(\.feed)
        isPartial = customers.count < matches.count
    }
}
