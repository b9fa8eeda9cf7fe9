/// A row, or a part of one, that was not taken: where, and why. It holds nothing of the row.
package struct Rejection: Error, Sendable, Hashable {
    /// From 1.
    package let line: Int
    /// In characters from 1; 0 where it is about the row as a whole.
    package let column: Int
    package let reason: RejectionReason

    package init(line: Int, column: Int, reason: RejectionReason) {
        self.line = line
        self.column = column
        self.reason = reason
    }
}

extension Rejection: CustomStringConvertible {
    package var description: String {
        column > 0 ? "line \(line), column \(column): \(reason.words)" : "line \(line): \(reason.words)"
    }
}
