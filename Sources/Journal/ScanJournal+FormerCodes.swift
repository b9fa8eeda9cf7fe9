package import Foundation
package import Storage

extension ScanJournal {
    /// A customer goes on as another one, who is found by the codes from now on when he is to be forgotten: those of the scans
    /// that are kept, in whatever form the caller writes them. It waits for the disk, and may be done again.
    package func handOverCodes(
        _ content: [UInt8], of customer: String, to successor: String, at time: Date
    ) throws(StorageError) {
        try file.moveFormerCodes(of: customer, to: successor)
        try file.keepFormerCodes(content, of: customer, now: successor, at: time)
        wrote(2)
    }

    /// What was handed over to a customer by ``handOverCodes(_:of:to:at:)``, at most ``JournalLimits/formerCodesReadMax``.
    package func formerCodes(of customer: String) throws(StorageError) -> [[UInt8]] {
        try file.formerCodes(of: customer)
    }

    /// Forgets what was handed over to a customer.
    package func eraseFormerCodes(of customer: String) throws(StorageError) {
        try file.eraseFormerCodes(of: customer)
        wrote(1)
    }
}
