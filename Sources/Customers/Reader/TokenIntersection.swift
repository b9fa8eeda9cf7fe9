import Storage

/// The customers who have every one of several tokens, in the order of their numbers.
///
/// The tokens' lists take turns in leaping to the first customer that may be in all of them, so that a rare beginning
/// decides how far a frequent one is read, whichever was typed first.
struct TokenIntersection {
    private let tokens: [Int64]
    private let statement: HeldStatement
    /// Rows of the index that were looked at.
    private(set) var rows = 0

    /// - Parameter statement: ``ReaderStatements/nextWithToken``.
    init(_ tokens: [Int64], statement: HeldStatement) {
        // The same words in another order are the same search, and end at the same bound.
        self.tokens = Set(tokens).sorted()
        self.statement = statement
    }

    /// - Returns: at most ``CustomersLimits/searchCandidatesMax`` customers, found by looking at no more than
    ///   ``CustomersLimits/searchRowsMax`` rows, and whether that bound left anybody out.
    mutating func customers() throws -> (numbers: [Int64], isCut: Bool) {
        var numbers: [Int64] = []
        var candidate = Int64.min
        var agreeing = 0
        var list = 0
        while !tokens.isEmpty {
            guard rows < CustomersLimits.searchRowsMax else { return (numbers, true) }
            guard let next = try first(with: tokens[list], from: candidate) else { break }
            agreeing = next == candidate ? agreeing + 1 : 1
            candidate = next
            if agreeing == tokens.count {
                guard numbers.count < CustomersLimits.searchCandidatesMax else { return (numbers, true) }
                numbers.append(candidate)
                guard candidate < .max else { break }
                candidate += 1
                agreeing = 0
            }
            list = (list + 1) % tokens.count
        }
        return (numbers, false)
    }

    private mutating func first(with token: Int64, from customer: Int64) throws -> Int64? {
        rows += 1
        statement.bind(token, at: 1)
        statement.bind(customer, at: 2)
        return try statement.integer()
    }
}
