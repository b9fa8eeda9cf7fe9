/// A part of a display that holds text of its own: the till's total beside the greeting.
///
/// Windows are drawn here and written as rows, so that every display has them. The windows that some displays make themselves
/// (Epson's `1B 57`) are not used: how the cursor is told its place inside one is nowhere read.
package struct DisplayWindow: Sendable, Equatable {
    /// Of its upper left cell, from 1.
    package var row: Int
    package var column: Int
    /// Its size in cells. What lies outside the display is not seen.
    package var rows: Int
    package var columns: Int
    /// From its top.
    package var lines: [String]
    /// How long a line that is too long for it rests before it runs on by a cell; `nil` cuts it.
    package var marqueeStep: Duration?

    package init(
        row: Int, column: Int, rows: Int, columns: Int, lines: [String], marqueeStep: Duration? = nil
    ) {
        self.row = row
        self.column = column
        self.rows = rows
        self.columns = columns
        self.lines = lines
        self.marqueeStep = marqueeStep
    }
}
