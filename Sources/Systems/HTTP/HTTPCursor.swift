/// How far a change feed over HTTP has come.
struct HTTPCursor: Equatable {
    /// The source's own cursor.
    var cursor: String
    /// The entity tag of the answer that had nothing new behind the cursor; empty for none.
    var tag: String
    /// Whether more was waiting.
    var isMore: Bool

    private static let version = "http-1"

    init(cursor: String, tag: String, isMore: Bool) {
        self.cursor = cursor
        self.tag = tag
        self.isMore = isMore
    }

    /// - Returns: `nil` for bytes that another kind of source wrote.
    init?(_ bytes: [UInt8]) {
        let parts = String(decoding: bytes, as: UTF8.self).split(
            separator: "\t", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == Self.version else { return nil }
        self.init(cursor: String(parts[3]), tag: String(parts[2]), isMore: parts[1] == "more")
    }

    var bytes: [UInt8] { Array([Self.version, isMore ? "more" : "all", tag, cursor].joined(separator: "\t").utf8) }
}
