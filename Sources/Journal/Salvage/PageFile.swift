import Glibc
import Storage

/// The pages of a database, as the file and its log hold them. SQLite shows no page to which it knows no way; here each is
/// read by its number, whatever became of the others.
///
/// No connection may be open to the file: closing this one would drop its locks
/// (https://www.sqlite.org/howtocorrupt.html, section 2.2).
final class PageFile {
    static let pageBytes = DatabaseFile.pageBytes
    /// "SQLite format 3" and a zero.
    private static let magic = Array("SQLite format 3\0".utf8)

    /// How many pages there are, numbered from 1.
    let pageCount: UInt32
    private let file: Int32
    private let logFile: Int32
    private let log: WriteAheadLog

    /// - Returns: `nil` when the file cannot be opened.
    init?(path: String) {
        file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        logFile = open(path + "-wal", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        log = WriteAheadLog(file: logFile, pageBytes: Self.pageBytes)
        var status = stat()
        let bytes = fstat(file, &status) == 0 ? Int(status.st_size) : 0
        pageCount = max(UInt32(clamping: bytes / Self.pageBytes), log.places.keys.max() ?? 0)
    }

    deinit {
        close(file)
        if logFile >= 0 { close(logFile) }
    }

    /// - Parameter number: from 1.
    /// - Returns: `nil` for a page that is not there, or that the disk does not give.
    func page(_ number: UInt32) -> [UInt8]? {
        guard number > 0, number <= pageCount else { return nil }
        if let place = log.places[number] { return RawFile.read(logFile, at: place, count: Self.pageBytes) }
        return RawFile.read(file, at: (Int(number) - 1) * Self.pageBytes, count: Self.pageBytes)
    }

    /// Whether the file says of itself that it is another program's. One whose head is damaged says nothing.
    /// - Parameters:
    ///   - applicationID: this program's (https://www.sqlite.org/fileformat.html, section 1.3.16).
    ///   - schema: words that stand in the schema of this program's files.
    func isForeign(applicationID: Int32, schema: String) -> Bool {
        guard let first = page(1), first.starts(with: Self.magic) else { return false }
        guard RawFile.integer(first, at: 68) != UInt32(bitPattern: applicationID) else { return false }
        // The number is as easily damaged as any other four bytes.
        let words = Array(schema.utf8)
        return !first.indices.contains { first[$0...].starts(with: words) }
    }
}
