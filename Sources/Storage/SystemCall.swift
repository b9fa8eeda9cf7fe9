import Glibc

/// The few calls to the system that files need beyond reading and writing.
enum SystemCall {
    /// Why the last call of this thread failed, in the system's words.
    static func reason() -> String {
        let code = errno
        var words = [CChar](repeating: 0, count: 256)
        guard strerror_r(code, &words, words.count) == 0 else { return "error \(code)" }
        return String(decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Puts the names in a file's directory on the disk.
    /// - Returns: false when the disk refuses.
    static func syncDirectory(of path: String) -> Bool {
        let directory = open(parent(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return false }
        defer { close(directory) }
        return fsync(directory) == 0
    }

    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// The length of a file in bytes, 0 for one that is not there.
    static func size(of path: String) -> Int64 {
        var status = stat()
        return lstat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
