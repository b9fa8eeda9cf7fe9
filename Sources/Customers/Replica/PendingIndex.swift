import Storage

/// The index rows of new customers of a page, written together in the order of the index: each leaf is then read and
/// written once, which costs a fraction.
struct PendingIndex {
    private struct Row {
        let blind: BlindIndex
        let column: Int64
        let customer: Int64
        let isShared: Bool
    }

    private var identifiers: [Row] = []
    /// Those that one customer may have, to find their holders.
    private var holders: [PreparedCustomer.Entry: Int64] = [:]
    private var tokens: [(token: Int64, customer: Int64)] = []

    mutating func add(
        _ entries: some Sequence<PreparedCustomer.Entry>, _ names: some Sequence<Int64>, of customer: Int64
    ) {
        for entry in entries {
            let form = entry.form
            identifiers.append(
                Row(blind: entry.blind, column: form.column, customer: customer, isShared: form.isShared))
            if !form.isShared { holders[entry] = customer }
        }
        for token in names { tokens.append((token, customer)) }
    }

    /// The customer who has a value that only one may have, among the rows that are not written yet.
    func holder(of entry: PreparedCustomer.Entry) -> Int64? {
        holders[entry]
    }

    /// Writes them. Whoever looks for a customer's rows in the file, or removes some, has them written first.
    mutating func write(to rows: ReplicaRows) throws {
        guard !identifiers.isEmpty || !tokens.isEmpty else { return }
        identifiers.sort { $0.blind < $1.blind }
        for row in identifiers {
            try rows.insert(row.blind, row.column, isShared: row.isShared, customer: row.customer)
        }
        tokens.sort { ($0.token, $0.customer) < ($1.token, $1.customer) }
        for (token, customer) in tokens { try rows.insert(token: token, customer: customer) }
        identifiers.removeAll(keepingCapacity: true)
        holders.removeAll(keepingCapacity: true)
        tokens.removeAll(keepingCapacity: true)
    }
}
