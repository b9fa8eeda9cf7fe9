/// How far a run of a feed has come.
package struct FeedProgress: Sendable, Equatable {
    package var rowsRead = 0
    /// Customers written: new, changed, or as they were before.
    package var upserted = 0
    /// Of those, the ones who were in the copy just so.
    package var unchanged = 0
    /// Rows that say of a customer that he goes on as another.
    package var merged = 0
    package var removed = 0
    /// Cards and numbers that went over from a customer of the feed to another whom a later page names.
    package var moved = 0
    package var rejections = RejectionLog()
    package var bytesRead: UInt64 = 0
    package var bytesTotal: UInt64?
    package var fields: [RecordField] = []
    package var pages = 0
    /// Whether the source had nothing more.
    package var isComplete = false

    package init() {}
}
