/// How rows stand in a file or an answer.
package enum RowFormat: Sendable, Equatable {
    /// RFC 4180, with names in the first line.
    /// - Parameter separator: between values; `nil` for the one of comma, semicolon and tab that comes most often in the
    ///   first line.
    case csv(separator: UInt8?)
    /// One JSON object a line (https://jsonlines.org).
    case jsonLines

    /// By a file's name, packed or not: `.csv`, `.tsv`, `.txt` and `.jsonl`, `.ndjson`, `.json`.
    package init?(fileName: String) {
        var name = fileName.lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        switch name.split(separator: ".").last {
        case "csv", "tsv", "txt": self = .csv(separator: nil)
        case "jsonl", "ndjson", "json": self = .jsonLines
        default: return nil
        }
    }
}
