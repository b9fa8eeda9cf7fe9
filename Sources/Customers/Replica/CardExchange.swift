/// Which rows of a page can be taken together, when each wants a card that the customer of another one has.
struct CardExchange {
    private struct Party {
        let row: Int
        /// The customer's number, `nil` for a new one.
        let customer: Int64?
        let wants: [PreparedCustomer.Entry]
    }

    private var parties: [Party] = []

    /// Adds the rows in their order.
    /// - Parameters:
    ///   - row: the row's place in the page. Of several rows for one customer the last counts.
    ///   - customer: the customer's number in the file, `nil` for a new one.
    ///   - wants: what only one customer may have.
    mutating func add(row: Int, customer: Int64?, wants: [PreparedCustomer.Entry]) {
        parties.append(Party(row: row, customer: customer, wants: wants))
    }

    /// The rows whose every card is free, their own customer's, or let go by another of these rows, and wanted by none
    /// before.
    /// - Parameter holder: who has a card in the file; asked once for each.
    func possible(holder: (PreparedCustomer.Entry) throws -> Int64?) rethrows -> Set<Int> {
        let places = Dictionary(
            parties.indices.compactMap { place in parties[place].customer.map { ($0, place) } },
            uniquingKeysWith: { $1 })
        var wanted: Set<PreparedCustomer.Entry> = []
        var hopeless: [Int] = []
        /// The places of those who wait for the party at a place to let go.
        var waiting: [Int: [Int]] = [:]
        for (place, party) in parties.enumerated() {
            let isLast = party.customer.map { places[$0] == place } ?? true
            guard isLast, wanted.isDisjoint(with: party.wants) else {
                hopeless.append(place)
                continue
            }
            wanted.formUnion(party.wants)
            for card in party.wants {
                guard let owner = try holder(card), owner != party.customer else { continue }
                if let giver = places[owner], !parties[giver].wants.contains(card) {
                    waiting[giver, default: []].append(place)
                } else {
                    hopeless.append(place)
                }
            }
        }
        // Whoever waits for one that will not go on will not either.
        var left = Set(parties.indices)
        while let place = hopeless.popLast() {
            if left.remove(place) != nil { hopeless += waiting[place] ?? [] }
        }
        return Set(left.map { parties[$0].row })
    }
}
