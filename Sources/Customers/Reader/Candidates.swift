/// A row that was found, opened.
struct Match {
    let column: Int64
    let customer: Customer
    let feed: FeedState?
}

/// The customers who have an identifier: one at least, all by the same type.
struct Candidates {
    let type: IdentifierType
    let matches: [Match]

    /// - Returns: `nil` for none.
    init?(_ matches: [Match]) {
        guard let first = matches.first, let type = IdentifierForm.type(column: first.column) else { return nil }
        self.type = type
        self.matches = matches
    }
}
