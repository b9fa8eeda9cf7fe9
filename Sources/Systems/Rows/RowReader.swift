/// Reads rows out of bytes that come in pieces.
protocol RowReader {
    /// Where the next row begins, in bytes, and on which line.
    var offset: UInt64 { get }
    var line: Int { get }
    /// How often lines were looked at once more.
    var rescans: Int { get }
    /// Whether the first line names the columns.
    var hasHeader: Bool { get }
    /// The names of the columns, once they were read.
    var header: [String]? { get }

    mutating func append(_ bytes: [UInt8])
    /// Nothing more comes.
    mutating func end()
    /// - Returns: `nil` when more bytes are needed, or nothing is left.
    mutating func next() throws(SystemsError) -> SourceRow?
    /// Goes on at a place, with the bytes from there on.
    mutating func resume(at place: RowPlace)
}

extension RowReader {
    var place: RowPlace { RowPlace(offset: offset, line: line, rescans: rescans) }
}

extension RowFormat {
    func makeReader() -> any RowReader {
        switch self {
        case .csv(let separator): CSVReader(separator: separator)
        case .jsonLines: JSONLinesReader()
        }
    }
}

/// A place between two rows of a file.
struct RowPlace: Sendable, Equatable {
    static let beginning = RowPlace(offset: 0, line: 1, rescans: 0)

    /// In bytes, unpacked.
    var offset: UInt64
    /// From 1.
    var line: Int
    /// How often lines were looked at once more up to here.
    var rescans: Int
}
