import CCountertopProtos

/// What was removed of a customer.
public struct EraseCustomerAnswer: WireMessage {
    public static let schema = WireSchema(countertop__v1__erase_customer_answer__init)

    /// Whether the local copy had the customer.
    public var found: Bool = false
    /// Scans whose bytes were emptied; their numbers stay.
    public var scans: UInt32 = 0
    /// Entries of the outbox that were dropped before their system took them.
    public var entries: UInt32 = 0
    /// Whether what is left of deleted rows was overwritten in all files, and their logs were emptied. If not, a
    /// reader held one, and it happens within the hour; ask again to be sure.
    public var scrubbed: Bool = false
    /// The system that is told, through the outbox; empty when the customer's feed has none.
    public var told: String = ""

    public init() {}

    public init(
        found: Bool = false, scans: UInt32 = 0, entries: UInt32 = 0, scrubbed: Bool = false, told: String = ""
    ) {
        self.found = found
        self.scans = scans
        self.entries = entries
        self.scrubbed = scrubbed
        self.told = told
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "found", &found)
        fields.field(2, "scans", &scans)
        fields.field(3, "entries", &entries)
        fields.field(4, "scrubbed", &scrubbed)
        fields.field(5, "told", &told)
    }
}
