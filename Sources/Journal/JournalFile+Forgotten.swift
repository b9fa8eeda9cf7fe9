import Foundation
import GRDB
import Storage

/// Whom the store was asked to forget: a local copy that begins anew has to know it, or a source that still has them would bring
/// them back.
extension JournalFile {
    /// - Parameter customer: an opaque id.
    func noteForgotten(_ customer: String, at time: Date) throws(StorageError) {
        try write { database in
            // Somebody who came back since is forgotten anew.
            try database.execute(
                sql: "UPDATE forgotten SET erased_at = max(erased_at, ?) WHERE customer = ?",
                arguments: [JournalFile.microseconds(time), customer])
            try database.execute(
                sql: """
                    INSERT INTO forgotten (customer, erased_at, reason)
                    SELECT ?1, ?2, 'asked' WHERE NOT EXISTS (SELECT 1 FROM forgotten WHERE customer = ?1)
                    """, arguments: [customer, JournalFile.microseconds(time)])
        }
    }

    /// - Returns: whether the customer was among them.
    func liftForgotten(_ customer: String) throws(StorageError) -> Bool {
        try write { database in
            try database.execute(sql: "DELETE FROM forgotten WHERE customer = ?", arguments: [customer])
            return database.changesCount > 0
        }
    }

    /// Those after a number, in their order.
    func forgotten(after number: Int64, limit: Int) throws(StorageError) -> [ForgottenCustomer] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT number, customer, erased_at FROM forgotten WHERE number > ? ORDER BY number LIMIT ?",
                arguments: [number, limit]
            ).map { row in
                let microseconds: Int64 = row["erased_at"]
                return ForgottenCustomer(
                    number: row["number"], customer: row["customer"],
                    erasedAt: Date(timeIntervalSince1970: Double(microseconds) / 1_000_000))
            }
        }
    }

    /// - Returns: whether the step found as much as it may delete.
    func trimForgotten(before time: Date, limits: JournalLimits) throws(StorageError) -> Bool {
        try write { database in
            try database.execute(
                sql: "DELETE FROM forgotten WHERE number IN (SELECT number FROM forgotten WHERE erased_at < ? LIMIT ?)",
                arguments: [JournalFile.microseconds(time), Int64(limits.trimScansMax)])
            return database.changesCount >= Int(limits.trimScansMax)
        }
    }
}
