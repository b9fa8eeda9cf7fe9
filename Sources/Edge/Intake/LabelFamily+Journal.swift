import Customers

extension LabelFamily {
    /// The family byte of a scan whose payment card bytes were dropped.
    static let refusedInJournal: UInt8 = 255

    /// The byte a scan's family has in the journal.
    var inJournal: UInt8 { rawValue }

    /// The family of a journaled scan; `nil` when it was a payment card.
    init?(journaled byte: UInt8) {
        if byte == LabelFamily.refusedInJournal { return nil }
        self = LabelFamily(rawValue: byte) ?? .none
    }
}
