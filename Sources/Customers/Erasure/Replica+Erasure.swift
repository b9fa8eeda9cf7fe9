package import Foundation
import GRDB
import GRDBSQLite

/// What an erasure left.
package struct Erasure: Sendable, Equatable {
    /// Whether the customer was there.
    package let found: Bool
    /// Whether the file's log was emptied too. If a reader held it, ``Replica/scrub()`` is to be called again.
    package let isScrubbed: Bool
}

extension Replica {
    /// Removes everything about a customer, from the tables and from the file's log, and leaves a keyed tombstone that
    /// refuses every record that is not newer. Of the sealed record a copy stays among the ``departures(limit:)``, by which the
    /// traces elsewhere are found, until ``forget(_:)`` says that they are gone.
    /// - Parameter id: the customer's opaque id.
    /// - Throws: ``CustomersError`` when the file cannot be written.
    @discardableResult
    package func erase(customerID id: String, at time: Date) throws(CustomersError) -> Erasure {
        guard let id = CustomerID(id) else { return Erasure(found: false, isScrubbed: true) }
        do {
            let file = present
            let found = try file.pool.writeWithoutTransaction { database in
                guard let connection = database.sqliteConnection else { return false }
                var found = false
                var replaced: [Int64] = []
                try database.inTransaction(.immediate) {
                    let rows = try ReplicaRows(connection, company: file.company, keys: keys)
                    (found, replaced) = try PageApplication(rows: rows, region: region).erase(id, at: time)
                    return .commit
                }
                standing.replaced(replaced)
                return found
            }
            return Erasure(found: found, isScrubbed: try scrub())
        } catch {
            throw CustomersError(error, path: path)
        }
    }

    /// Lays tombstones for customers who were erased before this file began, but for those whom it has, or knows to be erased.
    /// - Throws: ``CustomersError`` when the file cannot be written.
    package func bury(_ gone: [(id: String, erasedAt: Date)]) throws(CustomersError) {
        do {
            let file = present
            try file.pool.writeWithoutTransaction { database in
                guard let connection = database.sqliteConnection else { return }
                try database.inTransaction(.immediate) {
                    let rows = try ReplicaRows(connection, company: file.company, keys: keys)
                    for (text, time) in gone {
                        guard let id = CustomerID(text), try rows.customer(id) == nil, try rows.erasedAt(id) == nil
                        else { continue }
                        try rows.bury(id, at: time.milliseconds)
                    }
                    return .commit
                }
            }
        } catch {
            throw CustomersError(error, path: path)
        }
    }

    /// Carries the file's log over into the file and empties it. Deleted rows are overwritten in the file itself.
    /// - Returns: false when a reader held the log for longer than a connection waits.
    package func scrub() throws(CustomersError) -> Bool {
        do {
            _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            return true
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            return false
        } catch {
            throw CustomersError(error, path: path)
        }
    }
}
