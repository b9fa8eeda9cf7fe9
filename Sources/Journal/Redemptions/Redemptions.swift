import Foundation
package import Storage

/// The ledger of benefits: which use was reserved, redeemed and released. It knows no rules; all calls wait for the disk, and
/// what was written is on it when they return.
package final class Redemptions: Sendable {
    private let file: JournalFile
    private let outbox: Outbox
    private let limits: JournalLimits
    private let wrote: @Sendable (Int) -> Void

    init(
        file: JournalFile, outbox: Outbox, limits: JournalLimits, wrote: @escaping @Sendable (Int) -> Void
    ) {
        self.file = file
        self.limits = limits
        self.outbox = outbox
        self.wrote = wrote
    }

    /// The id of the redemption that an operation of a lane makes.
    package func id(lane: String, operation: [UInt8]) -> [UInt8] {
        let key = [UInt8(truncatingIfNeeded: lane.utf8.count)] + Array(lane.utf8) + operation
        return file.seals.vault.pseudonym(of: key, domain: "redemption").bytes
    }

    package func redemption(_ id: [UInt8]) throws(StorageError) -> Redemption? {
        try file.redemptions(where: "id = ?", Data(id)).first
    }

    /// All that is known of a customer's uses, newest first; at most ``JournalLimits/redemptionsReadMax``.
    /// - Parameter state: those in this state are left out.
    package func redemptions(of customer: String, but state: Int64? = nil) throws(StorageError) -> [Redemption] {
        let others = state.map { " AND state <> \($0)" } ?? ""
        return try file.redemptions(where: "subject = ?" + others, Data(file.seals.outbox.subject(customer)))
    }

    /// Whether another use may be reserved; see ``JournalLimits/redemptionsMax``.
    package func hasRoom() throws(StorageError) -> Bool {
        try file.redemptionCount() < limits.redemptionsMax
    }

    /// Writes a redemption, new or changed, with what systems outside are to learn of it, in one transaction.
    package func write(_ redemption: Redemption, outbox drafts: [OutboxDraft] = []) throws(StorageError) {
        let posted = try file.write(redemption, drafts: drafts)
        outbox.took(posted)
        wrote(1 + drafts.count)
    }

    /// Has all uses of a customer go on as another one's: who has used a benefit up has done so under either name.
    package func move(customer: String, to successor: String) throws(StorageError) {
        wrote(1 + (try file.moveRedemptions(of: customer, to: successor)))
    }

    /// Deletes all uses of a customer.
    package func erase(customer: String) throws(StorageError) {
        try file.eraseRedemptions(of: customer)
        wrote(1)
    }
}
