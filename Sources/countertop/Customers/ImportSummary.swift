import CountertopClient
import Wire

/// What became of an import, for people. It names rows by their lines, and holds nothing of them.
struct ImportSummary {
    /// Rows that are named one by one.
    private static let namedMax = 20

    let lines: [String]

    init(_ done: ImportEvent, seconds: Double) {
        let changed = "\(done.upserted.grouped) customers new or changed"
        var lines = [
            "\(done.rowsRead.grouped) rows in \(Self.tenths(seconds)) s: \(changed), \(done.removed.grouped) removed, "
                + "\(done.rowsRefused.grouped) rows refused"
        ]
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

    private static func tenths(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
