/// Text in lines that fit a terminal of 80 columns.
struct WrappedText {
    let lines: [String]

    static let columns = 80

    /// - Parameters:
    ///   - text: its own line ends stay.
    ///   - first: what stands in front of the first line.
    ///   - indent: how far the other lines are moved in.
    ///   - isWhole: lines that must not be broken, such as commands to copy.
    init(_ text: String, first: String, indent: Int, isWhole: (Substring) -> Bool = { _ in false }) {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let start = lines.isEmpty ? first : margin
            guard !isWhole(part), part.first != " " else {
                lines.append(start + part)
                continue
            }
            var line = start
            var isEmpty = true
            for word in part.split(separator: " ") {
                if !isEmpty, line.count + 1 + word.count > Self.columns {
                    lines.append(line)
                    line = margin
                    isEmpty = true
                }
                line += isEmpty ? String(word) : " \(word)"
                isEmpty = false
            }
            lines.append(line)
        }
        self.lines = lines
    }
}
