package import Foundation
import GRDB
import Storage

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
            let file = try begunFile()
            let (found, replaced) = try write(in: file) { rows, _ in
                let erased = try PageApplication(rows: rows, region: region).erase(id, at: time)
                try keep(rows.departed, feeds: try rows.feedNames())
                return erased
            }
            standing.replaced(replaced)
            return Erasure(found: found, isScrubbed: try scrub())
        } catch {
            throw CustomersError(error, path: path)
        }
    }

    /// Takes the tombstone away of somebody whom the store was asked to forget and who is to be a customer again: the next record of
    /// him counts. Whoever keeps his name beside the copy, as a ``ReplicaMemory`` does, lets go of it before.
    /// - Returns: whether there was one.
    /// - Throws: ``CustomersError`` when the file cannot be written.
    package func readmit(customerID id: String) throws(CustomersError) -> Bool {
        guard let id = CustomerID(id) else { return false }
        do {
            return try write(in: present) { rows, _ in
                guard try rows.tombstone(of: id) != nil else { return false }
                try rows.unbury(id)
                return true
            }
        } catch {
            throw CustomersError(error, path: path)
        }
    }

    /// Empties the file's log as ``scrub()`` does, and overwrites what copies of deleted rows SQLite left between others. All of the
    /// file is read, while everything goes on.
    /// - Parameter goesOn: asked between steps; false ends it there.
    /// - Returns: false when a reader held the log for longer than a step of it waits, or it was ended.
    /// - Throws: ``CustomersError`` when the file cannot be written.
    package func wipe(while goesOn: () -> Bool = { true }) throws(CustomersError) -> Bool {
        do {
            return try DatabaseFile.wipe(pool, while: goesOn)
        } catch {
            throw CustomersError(storage: error)
        }
    }

    /// Carries the file's log over into the file and empties it. Deleted rows are overwritten where they stand.
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
