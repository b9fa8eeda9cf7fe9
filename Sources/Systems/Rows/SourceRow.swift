/// A row as its format gives it.
struct SourceRow {
    enum Content {
        case cells(CSVRow)
        case object(JSONRow)
        case broken(Rejection)
    }

    /// Where it begins, from 1.
    let line: Int
    let content: Content
}
