package import Customers

/// What a source gives at a time.
package struct SourcePage: Sendable {
    package var groups: [GroupTerms]
    package var changes: [CustomerChange]
    /// Customers who are the same as others.
    package var merges: [CustomerMerge] = []
    /// The lines on which `changes` stand in the source's file or answer, to name those that are not taken.
    package var lines: [Int]
    /// Where the source goes on after this page.
    package var cursor: [UInt8]
    /// Whether the source has nothing more now. Until then the feed is not complete.
    package var isLast: Bool
    /// The rows that could not be read, or not all of them.
    package var rejections: RejectionLog
    /// Rows that were read, those that were rejected included.
    package var rowsRead: Int
    /// How much of the file or answer was read, in bytes as they are packed.
    package var bytesRead: UInt64
    package var bytesTotal: UInt64?
    /// What the columns of the file are taken for, where they have names.
    package var fields: [RecordField]

    package init(
        groups: [GroupTerms] = [], changes: [CustomerChange] = [], lines: [Int] = [], cursor: [UInt8], isLast: Bool,
        rejections: RejectionLog = RejectionLog(), rowsRead: Int = 0, bytesRead: UInt64 = 0, bytesTotal: UInt64? = nil,
        fields: [RecordField] = []
    ) {
        self.groups = groups
        self.changes = changes
        self.lines = lines
        self.cursor = cursor
        self.isLast = isLast
        self.rejections = rejections
        self.rowsRead = rowsRead
        self.bytesRead = bytesRead
        self.bytesTotal = bytesTotal
        self.fields = fields
    }
}
