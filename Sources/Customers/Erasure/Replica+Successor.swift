import Foundation
import GRDB

extension Replica {
    private static let selectNext = """
        SELECT number, successor FROM departures WHERE company = ? AND id = ? AND number > ? AND successor IS NOT NULL
        ORDER BY number LIMIT 1
        """
    private static let selectAll = """
        SELECT id, successor FROM
            (SELECT number, id, successor FROM departures NOT INDEXED WHERE company = ? ORDER BY number DESC LIMIT ?)
        WHERE successor IS NOT NULL ORDER BY number DESC
        """

    /// As whom a customer goes on who is gone from the copy, until what the store keeps of him has gone over to that one; `nil` for
    /// anybody else. It looks at the disk.
    /// - Throws: ``CustomersError`` when the file cannot be read.
    package func successor(of customer: String) throws(CustomersError) -> String? {
        guard let id = CustomerID(customer) else { return nil }
        do {
            let file = present
            return try file.pool.read { database in
                let statement = try database.cachedStatement(sql: Self.selectNext)
                var (last, number): (Data, Int64) = (Data(id.bytes), 0)
                // One who went on as somebody may have gone on with that one. Numbers only grow, so that it ends.
                while let row = try Row.fetchOne(statement, arguments: [file.company, last, number]) {
                    (last, number) = (row["successor"], row["number"])
                }
                return number > 0 ? CustomerID(bytes: Array(last)).text : nil
            }
        } catch {
            throw CustomersError(error, path: path)
        }
    }

    /// Those who are gone from the copy and go on as a customer, until what the store keeps of them has gone over to him, among the
    /// last ``CustomersLimits/departuresReadMax`` who are gone. It looks at the disk.
    /// - Throws: ``CustomersError`` when the file cannot be read.
    package func predecessors(of customer: String) throws(CustomersError) -> [String] {
        guard let id = CustomerID(customer) else { return [] }
        do {
            let file = present
            return try file.pool.read { database in
                let own = Data(id.bytes)
                var known: Set<Data> = [own]
                var found: [String] = []
                let rows = try Row.fetchCursor(
                    database, sql: Self.selectAll, arguments: [file.company, CustomersLimits.departuresReadMax])
                // Whoever went on as one who went on as him is one as well.
                while let row = try rows.next() {
                    let successor: Data = row["successor"]
                    guard known.contains(successor), known.insert(row["id"]).inserted else { continue }
                    found.append(CustomerID(bytes: Array(row["id"] as Data)).text)
                }
                return found
            }
        } catch {
            throw CustomersError(error, path: path)
        }
    }
}
