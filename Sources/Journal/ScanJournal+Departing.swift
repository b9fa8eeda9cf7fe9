package import Foundation
package import Storage

extension ScanJournal {
    /// Notes that customers are gone from the local copy, until ``settleDeparting(_:)`` says that their traces are, too. It waits
    /// for the disk, and may be done again.
    package func noteDeparting(_ departing: [DepartingCustomer], at time: Date) throws(StorageError) {
        guard !departing.isEmpty else { return }
        try file.noteDeparting(departing, at: time)
        wrote(departing.count)
    }

    /// Those who are noted, by their ids, at most ``JournalLimits/departingReadMax``.
    /// - Parameter customer: the last one that is known, empty for the first ones.
    package func departing(after customer: String = "") throws(StorageError) -> [DepartingCustomer] {
        try file.departing(after: customer, limit: JournalLimits.departingReadMax)
    }

    package func settleDeparting(_ customers: [String]) throws(StorageError) {
        guard !customers.isEmpty else { return }
        try file.settleDeparting(customers)
        wrote(customers.count)
    }
}
