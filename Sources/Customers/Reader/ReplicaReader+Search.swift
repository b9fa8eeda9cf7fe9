import Storage

extension ReplicaReader {
    /// Finds customers by their names: every word of the search is the beginning of a word of the name, in any order.
    ///
    /// Names are in order. With more than ``CustomersLimits/searchCandidatesMax`` hits the answer is the first of so many.
    /// It may look at ``CustomersLimits/searchRowsMax`` rows, which takes tens of milliseconds: it is no work for a
    /// thread that others wait for.
    /// - Parameter limit: at most ``CustomersLimits/searchAnswerMax`` count.
    /// - Returns: the customers, and whether there may be more than these: somebody was left out by the limit, by a bound
    ///   of the search, or because the record cannot be read.
    /// - Throws: ``CustomersError`` `searchTooShort` when no word has two letters, and when the file cannot be read.
    package func search(
        name: String, limit: Int
    ) throws(CustomersError) -> (customers: [Customer], more: Bool, provenance: Provenance) {
        let beginnings = ReplicaReader.beginnings(name)
        guard beginnings.contains(where: { $0.count >= CustomersLimits.searchLettersMin }) else {
            throw CustomersError(.searchTooShort, "The search has no word of two letters. Type more of the name.")
        }
        let limit = max(0, min(limit, CustomersLimits.searchAnswerMax))
        return try reading {
            var (numbers, mayBeMore) = try customers(with: beginnings, keys)
            if let keysBefore {
                let older = try customers(with: beginnings, keysBefore)
                (numbers, mayBeMore) = (numbers + older.numbers, mayBeMore || older.isCut)
            }
            var hits: [(order: String, customer: Customer)] = []
            for number in numbers {
                guard let customer = try customer(number: number) else {
                    mayBeMore = true
                    continue
                }
                let words = NameFolding.words(customer.name)
                guard beginnings.allSatisfy({ beginning in words.contains { $0.hasPrefix(beginning) } }) else {
                    continue
                }
                hits.append((words.joined(separator: " "), customer))
            }
            hits.sort { ($0.order, $0.customer.id) < ($1.order, $1.customer.id) }
            return (hits.prefix(limit).map(\.customer), mayBeMore || hits.count > limit, provenance())
        }
    }

    private static func beginnings(_ name: String) -> [String] {
        let bounded = String(decoding: name.utf8.prefix(CustomersLimits.searchBytesMax), as: UTF8.self)
        return Array(NameFolding.words(bounded).prefix(CustomersLimits.searchWordsMax))
    }

    private func customers(
        with beginnings: [String], _ keys: CompanyKeys
    ) throws -> (numbers: [Int64], isCut: Bool) {
        let tokens = beginnings.map { NameTokens.token(ofBeginning: $0, keys: keys) }
        var intersection = TokenIntersection(tokens, statement: statements.nextWithToken)
        return try intersection.customers()
    }

    /// - Returns: `nil` when the record cannot be read.
    private func customer(number: Int64) throws -> Customer? {
        statements.byNumber.bind(number, at: 2)
        var found: Customer?
        try statements.byNumber.rows { row in
            found = try row.withBytes(0) { try self.customer(number, $0)?.customer }
            return false
        }
        return found
    }
}
