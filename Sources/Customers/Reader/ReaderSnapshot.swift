import Storage

/// The few rows of a snapshot that every answer needs, kept in memory.
struct ReaderSnapshot {
    private(set) var feeds: [Int64: FeedState] = [:]
    private(set) var groups: [Int64: GroupTerms] = [:]
    /// What the file keeps to tell under which key its rows are; see ``Storage/Vault/standing(_:of:)``.
    private(set) var keyCheck: [UInt8] = []
    private var version: Int64?

    /// Reads them again where another connection has written since (https://www.sqlite.org/pragma.html#pragma_data_version).
    mutating func update(_ statements: ReaderStatements) throws {
        let present = try statements.dataVersion.integer()
        guard present != version || version == nil else { return }
        var feeds: [Int64: FeedState] = [:]
        try statements.feeds.rows { row in
            feeds[row.integer(0)] = FeedState(
                name: row.text(1), appliedAt: row.integer(2), isComplete: row.integer(3) != 0)
            return true
        }
        var groups: [Int64: GroupTerms] = [:]
        try statements.groups.rows { row in
            let terms = Loyalty(
                discountBasisPoints: row.isNull(3) ? nil : UInt32(clamping: row.integer(3)),
                cashbackBasisPoints: row.isNull(4) ? nil : UInt32(clamping: row.integer(4)))
            groups[row.integer(0)] = GroupTerms(group: Group(id: row.text(1), name: row.text(2)), terms: terms)
            return true
        }
        try statements.keyCheck.rows { row in
            keyCheck = row.blob(0)
            return false
        }
        self.feeds = feeds
        self.groups = groups
        version = present
    }
}
