import Customers
import Journal

extension Replica {
    /// Refuses whom the store was asked to forget, as the journal keeps it, from now on in this copy as well. It waits for the disk.
    func buryForgotten(of journal: ScanJournal) throws {
        var last: Int64 = 0
        while true {
            let page = try journal.forgotten(after: last)
            guard let end = page.last?.number, end > last else { return }
            last = end
            try bury(page.map { ($0.customer, $0.erasedAt) })
        }
    }
}
