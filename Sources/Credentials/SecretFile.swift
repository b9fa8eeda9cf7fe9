import Glibc

/// Files that nobody but their owner may read: keys, and what belongs to them.
package enum SecretFile {
    /// Reads a file.
    /// - Returns: `nil` when there is none.
    /// - Throws: ``CredentialsError`` when it cannot be read, is no file, is too long, or others may use it.
    package static func read(_ path: String) throws(CredentialsError) -> [UInt8]? {
        // Without O_NONBLOCK a named pipe in the file's place would hold the start up for ever.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("\(path) cannot be read. Make it this program's own, mode 0600.")
        }
        defer { close(file) }
        try checkOwnership(file, path)
        var bytes = [UInt8](repeating: 0, count: CredentialsLimits.fileBytesMax + 1)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count >= 0 else { throw failure("\(path) cannot be read. Check the disk.") }
        guard count <= CredentialsLimits.fileBytesMax else {
            throw CredentialsError(.fileMalformed, "\(path) is too long to be what it should. Put the right file back.")
        }
        return Array(bytes.prefix(count))
    }

    /// Writes a file, mode 0600, so that it is there whole and on the disk, or as it was before.
    package static func write(_ bytes: [UInt8], to path: String) throws(CredentialsError) {
        let draft = "\(path).new-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure("\(path) cannot be made. Make its folder this program's own.") }
        defer { unlink(draft) }
        let isWritten = Glibc.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        let error = failure("\(path) cannot be written. Check the disk.")
        close(file)
        guard isWritten else { throw error }
        guard rename(draft, path) == 0, syncDirectory(of: path) else {
            throw failure("\(path) cannot be written. Check the disk.")
        }
    }

    /// Makes a folder that nobody else may look into, unless it is there, with the folders it stands in.
    package static func makeDirectory(_ path: String) throws(CredentialsError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try makeDirectory(String(path[..<slash]))
            guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        }
        throw failure("The folder \(path) cannot be made. Make it this program's own, or name another.")
    }

    /// Puts the names in a file's folder on the disk.
    package static func syncDirectory(of path: String) -> Bool {
        let slash = path.lastIndex(of: "/")
        let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let directory = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return false }
        defer { close(directory) }
        return fsync(directory) == 0
    }

    private static func checkOwnership(_ file: Int32, _ path: String) throws(CredentialsError) {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure("\(path) cannot be read. Check the disk.") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CredentialsError(.fileMalformed, "\(path) is no file. Move it away.")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw CredentialsError(
                .filePermissions,
                "\(path) has mode 0\(String(status.st_mode & 0o777, radix: 8)), so that others may use it. Find out who "
                    + "could read it, then run: chmod 600 \(path)")
        }
    }

    private static func failure(_ message: String) -> CredentialsError {
        var words = [CChar](repeating: 0, count: 256)
        let code = errno
        let isKnown = strerror_r(code, &words, words.count) == 0
        let reason =
            isKnown
            ? String(decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : "error \(code)"
        return CredentialsError(.inputOutput, message, cause: reason)
    }
}
