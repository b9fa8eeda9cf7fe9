import GRDB
import Storage

/// The statements of a reader, with the company bound for good.
final class ReaderStatements {
    private static let matchSQL = """
        SELECT i.type, c.record, i.customer FROM identifiers AS i CROSS JOIN customers AS c ON c.number = i.customer
        WHERE i.company = ?1 AND i.blind = ?2
        """
    static let findSQL = "\(matchSQL) ORDER BY i.type, i.shared"
    static let findTypeSQL = "\(matchSQL) AND i.type = ?3 ORDER BY i.shared"
    static let byIDSQL = "SELECT number, record FROM customers WHERE company = ?1 AND id = ?2"
    static let nextWithTokenSQL =
        "SELECT customer FROM tokens WHERE token = ?1 AND customer >= ?2 ORDER BY customer LIMIT 1"

    let begin, commit, rollback: HeldStatement
    /// The types and records of the customers with an index: the card before the linked card.
    let find: HeldStatement
    /// The same for one type.
    let findType: HeldStatement
    let byID: HeldStatement
    let byNumber: HeldStatement
    /// The first customer with a token, from a number on.
    let nextWithToken: HeldStatement
    let dataVersion: HeldStatement
    let keyCheck: HeldStatement
    let feeds: HeldStatement
    let groups: HeldStatement

    /// - Parameter company: the company's name.
    init(_ connection: OpaquePointer, company: String) throws {
        let number = try HeldStatement(connection, "SELECT number FROM companies WHERE name = ?")
        number.bind(company, at: 1)
        // Numbers begin at 1: nobody belongs to a company that is not there.
        let company = try number.integer() ?? 0
        func held(_ sql: String, bindsCompany: Bool = false) throws -> HeldStatement {
            let statement = try HeldStatement(connection, sql)
            if bindsCompany { statement.bind(company, at: 1) }
            return statement
        }
        begin = try held("BEGIN")
        commit = try held("COMMIT")
        rollback = try held("ROLLBACK")
        find = try held(ReaderStatements.findSQL, bindsCompany: true)
        findType = try held(ReaderStatements.findTypeSQL, bindsCompany: true)
        byID = try held(ReaderStatements.byIDSQL, bindsCompany: true)
        byNumber = try held("SELECT record FROM customers WHERE company = ?1 AND number = ?2", bindsCompany: true)
        nextWithToken = try held(ReaderStatements.nextWithTokenSQL)
        dataVersion = try held("PRAGMA data_version")
        keyCheck = try held("SELECT key_check FROM replica")
        feeds = try held(
            "SELECT number, name, applied_at, complete FROM feeds WHERE company = ?1", bindsCompany: true)
        groups = try held(
            "SELECT number, id, name, discount, cashback FROM customer_groups WHERE company = ?1", bindsCompany: true)
    }
}
