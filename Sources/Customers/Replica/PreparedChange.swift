import Storage

/// One change of a page, as far as it can be made ready without looking at the file: what costs is the digests and the
/// seal.
enum PreparedChange: Sendable {
    case refused(RowFinding.Reason)
    /// The customer, and when he was removed, in milliseconds since 1970.
    case remove(CustomerID, at: Int64)
    case upsert(PreparedCustomer)
}

/// A customer ready to be written.
struct PreparedCustomer: Sendable {
    /// An identifier as it is compared, and its index.
    struct Entry: Sendable, Hashable {
        let form: IdentifierForm
        let blind: BlindIndex

        // Equal values of one kind have equal indexes, so the value itself need not be looked at.
        static func == (one: Entry, other: Entry) -> Bool {
            one.blind == other.blind && one.form.column == other.form.column
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(blind)
        }
    }

    let id: CustomerID
    /// Without the identifiers that cannot be understood.
    let record: CustomerRecord
    /// Whether there were some.
    let isLessThanGiven: Bool
    let entries: [Entry]
    let tokens: [Int64]
    /// `nil` when the customer is in a group that was not known when this was made ready.
    let sealed: [UInt8]?
}
