/// The cell that a display's cursor is seen in.
package struct DisplayCursor: Sendable, Equatable {
    /// From 1.
    package var row: Int
    /// From 1.
    package var column: Int

    package init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }

    /// Whether it is one of a display's cells.
    package func isInside(_ size: DisplaySize) -> Bool {
        (1...size.rows).contains(row) && (1...size.columns).contains(column)
    }
}
