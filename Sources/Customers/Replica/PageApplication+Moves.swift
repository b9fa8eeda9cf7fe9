import Storage

/// Cards that a row wants which a customer of an earlier page has. A feed tells of its customers one after another, and where one
/// page ends is chance: the card moves to whom the feed names last, as if both stood in one page, whether or not the row comes
/// with which the other lets it go. Another feed's customers keep theirs, and so do those of the page itself.
extension PageApplication {
    /// The rows of a page that count: of several for one customer the last.
    struct LastRows {
        private var rows: [CustomerID: Int] = [:]

        init(_ page: ChangePage, keys: CompanyKeys) {
            for (row, change) in page.customers.enumerated() {
                rows[keys.customerID(feed: page.feed, key: change.key)] = row
            }
        }

        func isLast(_ row: Int, of id: CustomerID) -> Bool { rows[id] == row }
        func names(_ id: CustomerID) -> Bool { rows[id] != nil }
    }

    /// Takes rows for which cards move, and those that waited for these.
    /// - Returns: the rows that are left.
    mutating func takeMoves(_ rows: [Int], of page: ChangePage) throws -> [Int] {
        guard !rows.isEmpty, page.feed != Replica.provisionalFeed else { return rows }
        let lastRows = LastRows(page, keys: self.rows.keys)
        var left = rows
        for _ in 0..<CustomersLimits.movePassesMax {
            let waiting = try left.filter { row in
                guard case .upsert(let customer) = try preparation.prepare(page.customers[row]),
                    lastRows.isLast(row, of: customer.id), try letGo(what: customer, lastRows)
                else { return true }
                return try take(.upsert(customer), row: row) != nil
            }
            if waiting.isEmpty || waiting.count == left.count { return waiting }
            left = waiting
        }
        return left
    }

    /// Has others let go of what a customer wants, all of it or nothing.
    /// - Returns: whether it is all free now.
    private mutating func letGo(what customer: PreparedCustomer, _ lastRows: LastRows) throws -> Bool {
        try pending.write(to: rows)
        let own = try rows.customer(customer.id)?.number
        var givers: [(number: Int64, record: RecordDecoder.Record, sealed: [UInt8], form: IdentifierForm)] = []
        for entry in customer.entries where !entry.form.isShared {
            guard let number = try rows.holder(of: entry), number != own else { continue }
            guard let sealed = try rows.customer(number: number), let plain = try? rows.keys.records.open(sealed),
                let record = RecordDecoder.decode(plain), record.feed == feed, !lastRows.names(record.id)
            else { return false }
            givers.append((number, record, sealed, entry.form))
        }
        for number in Set(givers.map(\.number)) {
            let own = givers.filter { $0.number == number }
            try takeAway(own.map(\.form), from: number, own[0].record, sealed: own[0].sealed)
            applied.moved += own.count
        }
        return true
    }

    private mutating func takeAway(
        _ forms: [IdentifierForm], from number: Int64, _ record: RecordDecoder.Record, sealed: [UInt8]
    ) throws {
        let kept = record.identifiers.filter { identifier in
            !IdentifierForm.forms(of: identifier, region: region).contains { forms.contains($0) }
        }
        let left = record.with(identifiers: kept)
        try removeIndexRows(of: number, sealed: sealed)
        try rows.update(number, sealed: try rows.keys.records.seal(RecordEncoder.encode(left)))
        let index = preparation.index(of: left)
        for entry in index.entries { try rows.keep(entry, customer: number) }
        for token in index.tokens { try rows.insert(token: token, customer: number) }
    }
}
