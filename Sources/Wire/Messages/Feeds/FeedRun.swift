import CCountertopProtos

/// What a run of a feed did.
public struct FeedRun: WireMessage {
    public static let schema = WireSchema(countertop__v1__feed_run__init)

    /// Counts the feed's runs since the edge started, from 1.
    public var number: UInt64 = 0
    /// 0 when the source had nothing new.
    public var rowsRead: UInt64 = 0
    /// Customers written; those who were in the copy just so are among them.
    public var upserted: UInt64 = 0
    /// Of those, the ones who were in the copy just so.
    public var unchanged: UInt64 = 0
    /// Customers taken out of the copy.
    public var removed: UInt64 = 0
    /// Rows that say of a customer that he goes on as another.
    public var merged: UInt64 = 0
    /// Rows of which nothing was taken.
    public var rowsRefused: UInt64 = 0
    /// Why it failed, and what to do; empty for one that came to its end.
    public var failure: String = ""

    public init() {}

    public init(
        number: UInt64 = 0, rowsRead: UInt64 = 0, upserted: UInt64 = 0, unchanged: UInt64 = 0, removed: UInt64 = 0,
        merged: UInt64 = 0, rowsRefused: UInt64 = 0, failure: String = ""
    ) {
        self.number = number
        self.rowsRead = rowsRead
        self.upserted = upserted
        self.unchanged = unchanged
        self.removed = removed
        self.merged = merged
        self.rowsRefused = rowsRefused
        self.failure = failure
    }

    public mutating func fields(_ fields: inout WireFields) {
        fields.field(1, "number", &number)
        fields.field(2, "rows_read", &rowsRead)
        fields.field(3, "upserted", &upserted)
        fields.field(4, "unchanged", &unchanged)
        fields.field(5, "removed", &removed)
        fields.field(6, "merged", &merged)
        fields.field(7, "rows_refused", &rowsRefused)
        fields.field(8, "failure", &failure)
    }
}
