import Transport

/// One thing that somebody did.
struct AuditEntry: Sendable, Hashable {
    /// The longest id that is written down, in bytes: those of the edge are shorter, and what a client made up is cut.
    static let idBytesMax = 64

    /// When, since 1970 in UTC.
    let milliseconds: Int64
    let caller: String
    let role: String
    let call: String
    let lane: String
    let till: String
    let customer: String
    /// The number of an entry of the outbox, 0 for none.
    let entry: UInt64
    /// The address it came from, where that is all that is known of who it was.
    let address: String

    init(
        milliseconds: Int64, caller: String, role: String, call: String, lane: String = "", till: String = "",
        customer: String = "", entry: UInt64 = 0, address: String = ""
    ) {
        self.milliseconds = milliseconds
        self.caller = Self.cut(caller)
        self.role = role
        self.call = call
        self.lane = Self.cut(lane)
        self.till = Self.cut(till)
        self.customer = Self.cut(customer)
        self.entry = entry
        self.address = address
    }

    private static func cut(_ id: String) -> String {
        id.utf8.count <= idBytesMax ? id : String(decoding: id.utf8.prefix(idBytesMax), as: UTF8.self)
    }
}

/// What somebody did more often than is written down.
struct AuditSurplus: Sendable, Hashable {
    let caller: String
    let role: String
}
