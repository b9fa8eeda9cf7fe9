import Glibc
import Wire

extension StateFile {
    /// How the file stands that this process has open in a folder; `nil` when it is not there.
    func standing(in folder: String) -> StateFileStanding? {
        guard let facts = FileFacts("\(folder)/\(name)") else { return nil }
        let (bytes, walBytes) = (facts.bytes, FileFacts("\(folder)/\(name)-wal")?.bytes ?? 0)
        // The edge that has it open has brought it to the newest schema, and may not open it once more just to look.
        return StateFileStanding(
            name: name, bytes: bytes, walBytes: walBytes, schema: UInt32(clamping: schemaVersion))
    }

    /// The `user_version` of a file: four bytes, the highest first, at offset 60 (https://www.sqlite.org/fileformat.html,
    /// section 1.3). Not for a process that has it open: closing the file would give up its locks
    /// (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    /// - Returns: `nil` when that is no database, or cannot be read.
    package static func schema(of path: String) -> Int? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var header = [UInt8](repeating: 0, count: 100)
        guard read(file, &header, header.count) == header.count, header.starts(with: Array("SQLite format 3\0".utf8))
        else { return nil }
        return header[60..<64].reduce(0) { $0 << 8 | Int($1) }
    }
}
