package import Foundation
import GRDB

extension Replica {
    /// Forgets tombstones of customers who were erased before a time, as many as one step may. A record of theirs that comes so
    /// late is taken for a new customer.
    /// - Returns: how many there were; more are left when it is `limit`.
    /// - Throws: ``CustomersError`` when the file cannot be written.
    @discardableResult
    package func forgetTombstones(
        before time: Date, limit: Int = CustomersLimits.tombstonesTrimmedMax
    ) throws(CustomersError) -> Int {
        do {
            let file = present
            return try file.pool.write { database in
                try database.execute(
                    sql: """
                        DELETE FROM tombstones WHERE (company, id) IN (
                            SELECT company, id FROM tombstones WHERE company = ? AND erased_at < ? LIMIT ?)
                        """, arguments: [file.company, time.milliseconds, limit])
                return database.changesCount
            }
        } catch {
            throw CustomersError(error, path: path)
        }
    }
}
