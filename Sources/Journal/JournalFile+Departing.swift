import Foundation
import GRDB
import Storage

/// Who is gone from the local copy and has left traces: the copy can be lost before they are removed.
extension JournalFile {
    func noteDeparting(_ departing: [DepartingCustomer], at time: Date) throws(StorageError) {
        try write { database in
            let sealer = seals.departing
            let statement = try database.cachedStatement(sql: "INSERT OR REPLACE INTO departing VALUES (?, ?, ?, ?)")
            for gone in departing {
                try statement.execute(
                    arguments: [
                        gone.customer, JournalFile.microseconds(time), gone.successor,
                        Data(try sealer.seal(gone.content)),
                    ])
            }
        }
    }

    /// Those after a customer, in the order of their ids.
    func departing(after customer: String, limit: Int) throws(StorageError) -> [DepartingCustomer] {
        try read { database in
            let sealer = seals.departing
            return try Row.fetchAll(
                database,
                sql: "SELECT customer, successor, content FROM departing WHERE customer > ? ORDER BY customer LIMIT ?",
                arguments: [customer, limit]
            ).map { row in
                let sealed: Data = row["content"]
                return DepartingCustomer(
                    customer: row["customer"], successor: row["successor"],
                    content: (try? sealer.open(Array(sealed))) ?? [])
            }
        }
    }

    func settleDeparting(_ customers: [String]) throws(StorageError) {
        try write { database in
            let statement = try database.cachedStatement(sql: "DELETE FROM departing WHERE customer = ?")
            for customer in customers { try statement.execute(arguments: [customer]) }
        }
    }
}
