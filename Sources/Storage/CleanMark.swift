import Glibc

/// The word of the last run that it left a database whole: the file `NAME.clean`, which holds the database's length and
/// the time of its last change.
///
/// A database without it, or with another length or time, was left by a run that did not end, or was put there by
/// somebody.
package enum CleanMark {
    /// Bytes of a mark at most.
    private static let bytesMax = 64

    /// Takes the mark away, so that it says nothing of the run that begins.
    /// - Returns: whether the last run left the database at the path whole. False as well when the mark cannot be taken
    ///   away for good.
    package static func take(from path: String) -> Bool {
        let mark = path + ".clean"
        let left = read(mark)
        // Without the word of the directory the mark may come back with the next power cut.
        guard let left, unlink(mark) == 0, SystemCall.syncDirectory(of: path) else { return false }
        return left == present(path) && isLogEmpty(path)
    }

    /// Leaves the mark for the next run. The database is closed, and what was committed is in the file itself.
    package static func leave(at path: String) {
        // Whoever finds no mark reads the whole file, so nothing is lost where this one cannot be made.
        guard let line = present(path), isLogEmpty(path) else { return }
        let file = open(path + ".clean", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        _ = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    }

    private static func read(_ mark: String) -> [UInt8]? {
        let file = open(mark, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: bytesMax)
        let count = Glibc.read(file, &bytes, bytes.count)
        return count > 0 ? Array(bytes.prefix(count)) : nil
    }

    /// Whether nothing waits in the write-ahead log. Its file stays, empty, where a reader was open to the end.
    private static func isLogEmpty(_ path: String) -> Bool {
        var status = stat()
        return lstat(path + "-wal", &status) != 0 || status.st_size == 0
    }

    private static func present(_ path: String) -> [UInt8]? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return Array("\(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)".utf8)
    }
}
