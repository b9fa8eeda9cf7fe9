import Glibc

extension DatabaseFile {
    /// SQLite's default, which the edge's files have.
    package static let pageBytes = 4_096

    /// Looks for a log of which SQLite would read less than was acknowledged. Only of a file whose commits are each on the disk
    /// before the next does that say anything; no connection may be open to it.
    /// - Throws: ``StorageError`` `corrupt`.
    static func checkLog(_ path: String) throws(StorageError) {
        let log = Glibc.open(path + "-wal", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard log >= 0 else { return }
        defer { Glibc.close(log) }
        guard WriteAheadLog(file: log, pageBytes: pageBytes).isCut else { return }
        throw StorageError(
            .corrupt,
            "The log of \(path) is damaged, and what was written behind the damage would be lost. Check the disk; what can be "
                + "read is kept.")
    }
}
