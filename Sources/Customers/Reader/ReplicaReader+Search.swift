extension ReplicaReader {
    /// Finds customers by their names: every word of the search is the beginning of a word of the name.
    ///
    /// Names are in order. With more than ``CustomersLimits/searchCandidatesMax`` hits the answer is the first of so many.
    /// - Parameter limit: at most ``CustomersLimits/searchAnswerMax`` count.
    /// - Returns: the customers, and whether there are more than these.
    /// - Throws: ``CustomersError`` `searchTooShort` when no word has two letters, and when the file cannot be read.
    package func search(
        name: String, limit: Int
    ) throws(CustomersError) -> (customers: [Customer], more: Bool, provenance: Provenance) {
        let beginnings = ReplicaReader.beginnings(name)
        let tokens = beginnings.compactMap { NameTokens.token(ofBeginning: $0, keys: keys) }
        guard !tokens.isEmpty else {
            throw CustomersError(.searchTooShort, "The search has no word of two letters. Type more of the name.")
        }
        let limit = max(0, min(limit, CustomersLimits.searchAnswerMax))
        return try reading {
            let (numbers, isCut) = try numbers(with: tokens)
            var hits: [(order: String, customer: Customer)] = []
            for number in numbers {
                guard let customer = try customer(number: number) else { continue }
                let words = NameFolding.words(customer.name)
                guard beginnings.allSatisfy({ beginning in words.contains { $0.hasPrefix(beginning) } }) else {
                    continue
                }
                hits.append((words.joined(separator: " "), customer))
            }
            hits.sort { ($0.order, $0.customer.id) < ($1.order, $1.customer.id) }
            return (hits.prefix(limit).map(\.customer), isCut || hits.count > limit, provenance())
        }
    }

    private static func beginnings(_ name: String) -> [String] {
        let bounded = String(decoding: name.utf8.prefix(CustomersLimits.searchBytesMax), as: UTF8.self)
        return Array(NameFolding.words(bounded).prefix(CustomersLimits.searchWordsMax))
    }

    /// The customers who have all tokens, within the bounds of a search.
    private func numbers(with tokens: [Int64]) throws -> (numbers: [Int64], isCut: Bool) {
        guard let first = tokens.first else { return ([], false) }
        var numbers: [Int64] = []
        var rows = 0
        var isCut = false
        statements.tokens.bind(first, at: 1)
        try statements.tokens.rows { row in
            guard rows < CustomersLimits.searchRowsMax, numbers.count < CustomersLimits.searchCandidatesMax else {
                isCut = true
                return false
            }
            rows += 1
            let number = row.integer(0)
            if try tokens.dropFirst().allSatisfy({ try has(token: $0, number) }) { numbers.append(number) }
            return true
        }
        return (numbers, isCut)
    }

    private func has(token: Int64, _ number: Int64) throws -> Bool {
        statements.hasToken.bind(token, at: 1)
        statements.hasToken.bind(number, at: 2)
        return try statements.hasToken.integer() != nil
    }

    private func customer(number: Int64) throws -> Customer? {
        statements.byNumber.bind(number, at: 2)
        var found: Customer?
        try statements.byNumber.rows { row in
            found = try row.withBytes(0, self.customer).0
            return false
        }
        return found
    }
}
