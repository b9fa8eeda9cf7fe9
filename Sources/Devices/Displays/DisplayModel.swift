/// What a display shows: lines in, the lines that changed out.
///
/// Whole lines are written, and only those that changed: some displays cannot keep up with more, and drop or misplace
/// characters.
package struct DisplayModel: Sendable, Equatable {
    package let size: DisplaySize
    /// What the display shows, or will show after the last writes: each row in full length, in characters it has.
    package private(set) var lines: [String]
    /// Rows of which the display's content is not known.
    private var unknownRows: Set<Int>

    /// A display of which nothing is known yet: the first ``show(_:)`` writes every row.
    package init(size: DisplaySize = .standard) {
        self.size = size
        lines = Array(repeating: String(repeating: " ", count: size.columns), count: size.rows)
        unknownRows = Set(0..<size.rows)
    }

    /// Takes the lines to show, from the top. Too long lines are cut, missing ones are left empty.
    /// - Returns: the rows to write, from the top.
    package mutating func show(_ wanted: [String]) -> [Int] {
        let fitted = (0..<size.rows).map { fit($0 < wanted.count ? wanted[$0] : "") }
        let changed = (0..<size.rows).filter { unknownRows.contains($0) || fitted[$0] != lines[$0] }
        lines = fitted
        unknownRows = []
        return changed
    }

    /// The display was unplugged, reset or cleared, or a write failed: its content is not known any more.
    package mutating func forget() {
        unknownRows = Set(0..<size.rows)
    }

    private func fit(_ line: String) -> String {
        let text = DisplayTransliteration.simplified(line).prefix(size.columns)
        return text + String(repeating: " ", count: size.columns - text.count)
    }
}
