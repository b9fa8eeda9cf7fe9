import CountertopClient
import Wire

/// What became of an import, for people. It names rows by their lines, and holds nothing of them.
struct ImportSummary {
    /// Rows that are named one by one.
    private static let namedMax = 20

    let lines: [String]

    init(_ done: ImportEvent, seconds: Double) {
        var lines = [
            "\(done.rowsRead.grouped) \(done.rowsRead == 1 ? "row" : "rows") in \(Self.tenths(seconds)) s: "
                + Self.parts(done).map { "\($0.count.grouped) \($0.words)" }.joined(separator: ", ")
        ]
        if done.identifiersMoved > 0 {
            lines.append("\(done.identifiersMoved.grouped) cards or numbers went from one customer to another")
        }
        if !done.taken.isEmpty {
            lines.append("taken: \(done.taken.joined(separator: ", ")); nothing else was kept")
        }
        for count in done.counts.sorted(by: { $0.count > $1.count }) {
            lines.append("\(count.count.grouped) x \(count.message)")
        }
        let named = done.rejected.prefix(Self.namedMax)
        lines += named.map { "  \($0.text)" }
        let more = done.counts.reduce(0) { $0 + $1.count } - UInt64(named.count)
        if more > 0 { lines.append("  and \(more.grouped) more") }
        self.lines = lines
    }

    /// What became of the rows; each is in one of these.
    static func parts(_ done: ImportEvent) -> [(count: UInt64, words: String)] {
        let unchanged = min(done.unchanged, done.upserted)
        let known = done.upserted + done.removed + done.merged + done.rowsRefused
        let always: [(count: UInt64, words: String)] = [
            (done.upserted - unchanged, "new or changed"), (unchanged, "as they were"), (done.removed, "removed"),
            (done.rowsRefused, "refused"),
        ]
        let others: [(count: UInt64, words: String)] = [
            (done.merged, "of customers who go on as others"),
            (done.rowsRead - min(known, done.rowsRead), "of groups, or of customers who were removed before"),
        ]
        return always + others.filter { $0.count > 0 }
    }

    private static func tenths(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
