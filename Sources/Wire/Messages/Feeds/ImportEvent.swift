import CCountertopProtos

/// How far an import has come.
public struct ImportEvent: WireMessage {
    public static let schema = WireSchema(countertop__v1__import_event__init)

    /// Rows that were read.
    public var rowsRead: UInt64 = 0
    /// Customers written: new, changed, or as they were before.
    public var upserted: UInt64 = 0
    /// Customers removed.
    public var removed: UInt64 = 0
    /// Of the file as it lies there, packed or not.
    public var bytesRead: UInt64 = 0
    /// How many there are; 0 when that is not known.
    public var bytesTotal: UInt64 = 0
    /// Whether this is the last message.
    public var done: Bool = false
    /// Rows of which nothing was taken.
    public var rowsRefused: UInt64 = 0
    /// With `done`: the fields that the columns are taken for.
    public var taken: [String] = []
    /// With `done`: how many rows were rejected, by reason.
    public var counts: [RejectedCount] = []
    /// With `done`: the first ones, at most 100.
    public var rejected: [RejectedRow] = []
    /// Of `upserted`, those who were in the copy just so.
    public var unchanged: UInt64 = 0
    /// Customers who go on as others.
    public var merged: UInt64 = 0
    /// Cards and numbers that went over from one customer of the feed to another.
    public var identifiersMoved: UInt64 = 0

    public init() {}

    public init(
        rowsRead: UInt64 = 0, upserted: UInt64 = 0, removed: UInt64 = 0, bytesRead: UInt64 = 0, bytesTotal: UInt64 = 0,
        done: Bool = false, rowsRefused: UInt64 = 0, taken: [String] = [], counts: [RejectedCount] = [],
        rejected: [RejectedRow] = [], unchanged: UInt64 = 0, merged: UInt64 = 0,
        identifiersMoved: UInt64 = 0
    ) {
        self.rowsRead = rowsRead
        self.upserted = upserted
        self.removed = removed
        self.bytesRead = bytesRead
        self.bytesTotal = bytesTotal
        self.done = done
        self.rowsRefused = rowsRefused
        self.taken = taken
        self.counts = counts
        self.rejected = rejected
        self.unchanged = unchanged
        self.merged = merged
        self.identifiersMoved = identifiersMoved
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "rows_read", &rowsRead)
        fields.field(2, "upserted", &upserted)
        fields.field(3, "removed", &removed)
        fields.field(4, "bytes_read", &bytesRead)
        fields.field(5, "bytes_total", &bytesTotal)
        fields.field(6, "done", &done)
        fields.field(7, "rows_refused", &rowsRefused)
        fields.field(8, "taken", &taken)
        fields.field(9, "counts", &counts)
        fields.field(10, "rejected", &rejected)
        fields.field(11, "unchanged", &unchanged)
        fields.field(12, "merged", &merged)
        fields.field(13, "identifiers_moved", &identifiersMoved)
    }
}
