package import Foundation
package import Storage

extension ScanJournal {
    /// Notes that the store was asked to forget a customer. It waits for the disk, and may be done again.
    package func noteForgotten(_ customer: String, at time: Date) throws(StorageError) {
        try file.noteForgotten(customer, at: time)
        wrote(1)
    }

    /// Somebody who was forgotten is to be a customer again: a local copy that begins anew does not refuse him. It waits for the
    /// disk.
    /// - Returns: whether he was noted.
    package func liftForgotten(_ customer: String) throws(StorageError) -> Bool {
        let isNoted = try file.liftForgotten(customer)
        wrote(1)
        return isNoted
    }

    /// Who was forgotten after a number, oldest first, at most ``JournalLimits/forgottenReadMax``.
    package func forgotten(after number: Int64 = 0) throws(StorageError) -> [ForgottenCustomer] {
        try file.forgotten(after: number, limit: JournalLimits.forgottenReadMax)
    }

    /// Forgets that somebody was forgotten before a time.
    package func trimForgotten(before time: Date) throws(StorageError) {
        while try file.trimForgotten(before: time, limits: JournalLimits()) {}
        wrote(1)
    }
}
