import GRDB

/// The statements of a reader, with the company bound for good.
final class ReaderStatements {
    let begin, commit, rollback: HeldStatement
    /// The types and records of the customers with an index: the card before the linked card.
    let find: HeldStatement
    /// The same for one type.
    let findType: HeldStatement
    let byID: HeldStatement
    let byNumber: HeldStatement
    /// The customers with a token, oldest first.
    let tokens: HeldStatement
    let hasToken: HeldStatement
    let dataVersion: HeldStatement
    let feeds: HeldStatement
    let groups: HeldStatement

    init(_ connection: OpaquePointer, company: Int64) throws {
        func held(_ sql: String, bindsCompany: Bool = false) throws -> HeldStatement {
            let statement = try HeldStatement(connection, sql)
            if bindsCompany { statement.bind(company, at: 1) }
            return statement
        }
        begin = try held("BEGIN")
        commit = try held("COMMIT")
        rollback = try held("ROLLBACK")
        let find = """
            SELECT i.type, c.record FROM identifiers AS i CROSS JOIN customers AS c ON c.number = i.customer
            WHERE i.company = ?1 AND i.blind = ?2
            """
        self.find = try held("\(find) ORDER BY i.type, i.shared", bindsCompany: true)
        findType = try held("\(find) AND i.type = ?3 ORDER BY i.shared", bindsCompany: true)
        byID = try held("SELECT record FROM customers WHERE company = ?1 AND id = ?2", bindsCompany: true)
        byNumber = try held("SELECT record FROM customers WHERE company = ?1 AND number = ?2", bindsCompany: true)
        tokens = try held("SELECT customer FROM tokens WHERE token = ? ORDER BY customer")
        hasToken = try held("SELECT 1 FROM tokens WHERE token = ? AND customer = ?")
        dataVersion = try held("PRAGMA data_version")
        feeds = try held(
            "SELECT number, name, applied_at, complete FROM feeds WHERE company = ?1", bindsCompany: true)
        groups = try held(
            "SELECT number, id, name, discount, cashback FROM customer_groups WHERE company = ?1", bindsCompany: true)
    }
}
