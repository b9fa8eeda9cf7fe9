/// How many characters a display shows.
package struct DisplaySize: Sendable, Hashable, CustomStringConvertible {
    package let rows: Int
    /// Characters of a row.
    package let columns: Int

    /// - Returns: `nil` outside ``DisplayLimits``.
    package init?(rows: Int, columns: Int) {
        guard DisplayLimits.rows.contains(rows), DisplayLimits.columns.contains(columns) else { return nil }
        self.rows = rows
        self.columns = columns
    }

    private init(uncheckedRows rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// What most pole displays have, and what is taken for a display that does not tell.
    package static let standard = DisplaySize(uncheckedRows: 2, columns: 20)

    package var description: String { "\(rows)x\(columns)" }
}
