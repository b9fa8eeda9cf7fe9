import Customers
import Journal
import Storage
import Systems

extension ProvisionalCustomers {
    /// Rows in one transaction.
    private static let pageRows = 1_000

    /// Takes in whoever joined and is not known, as the outbox has them: because the edge ended between what it wrote into the outbox
    /// and the local copy, or because the copy began anew. It waits for the disk. Whom a feed brings afterwards is met; whom one has
    /// brought already is known, and is not taken in beside himself. Whom his system refused is said to be so.
    /// - Parameter systems: those that take new customers, by their names.
    /// - Throws: what the files refuse; the next start tries again.
    func takeUp(of systems: [String]) throws {
        let reader = try replica.makeReader()
        var rows: [CustomerRecord] = []
        for system in systems {
            var last: Int64 = 0
            while true {
                let page = try outbox.undelivered(SystemOrder.Kind.newCustomer.rawValue, to: system, after: last)
                guard let end = page.last?.id, end > last else { break }
                last = end
                for entry in page where isOfNewCustomer(entry) {
                    guard case .newCustomer(let customer)? = SystemOrder(payload: entry.payload) else { continue }
                    reader.releaseRead()
                    let isRefused = entry.standing.state == .refused
                    if isKnown(customer, to: reader) {
                        if isRefused { changed(entry) }
                        continue
                    }
                    rows.append(
                        Self.record(
                            customer, operation: entry.operation, at: entry.standing.createdAt, isRefused: isRefused))
                }
                reader.releaseRead()
                while rows.count >= Self.pageRows {
                    try apply(Array(rows.prefix(Self.pageRows)), isLast: false)
                    rows.removeFirst(Self.pageRows)
                }
            }
        }
        // Without anybody to take in nothing is begun, and what is complete stays as old as it is.
        let feed = try replica.feeds().first { $0.name == Replica.provisionalFeed }
        if !rows.isEmpty || feed?.isComplete == false { try apply(rows, isLast: true) }
    }

    private func apply(_ rows: [CustomerRecord], isLast: Bool) throws {
        try replica.apply(
            ChangePage(
                feed: Replica.provisionalFeed, cursor: [], isComplete: isLast, groups: [Self.refusedTerms],
                customers: rows.map { .upsert($0) }))
    }

    /// Whether the local copy has somebody of that name with one of the customer's addresses: the customer, as he was taken in before or
    /// as another source gave him since.
    private func isKnown(_ customer: NewCustomer, to reader: ReplicaReader) -> Bool {
        let words = Set(NameFolding.words(customer.name))
        let addresses = [(Customers.IdentifierType.phone, customer.phone), (.email, customer.email)]
        return addresses.contains { type, value in
            guard let value, let answer = try? reader.resolve(Customers.Identifier(type: type, value: value)) else {
                return false
            }
            let others =
                switch answer.resolution {
                case .customer(let other, _): [other]
                case .ambiguous(let others, _): others
                default: [Customers.Customer]()
                }
            return others.contains { other in
                let names = Set(NameFolding.words(other.name))
                return names.isSubset(of: words) || words.isSubset(of: names)
            }
        }
    }
}
