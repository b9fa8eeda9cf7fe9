import Glibc

extension StoreKey {
    /// - Returns: `nil` when there is no file.
    static func load(at path: String) throws(StorageError) -> StoreKey? {
        // Without O_NONBLOCK a named pipe in the key's place would hold the start up for ever.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw StorageError(
                .keyPermissions, "The key file \(path) cannot be read. Make it the edge's own, mode 0600.",
                cause: SystemCall.reason())
        }
        defer { close(file) }
        try checkOwnership(of: file, path: path)
        var bytes = [UInt8](repeating: 0, count: StorageLimits.keyFileBytesMax + 1)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 else {
            throw StorageError(
                .inputOutput, "The key file \(path) cannot be read. Check the disk.", cause: SystemCall.reason())
        }
        guard let key = StoreKey(line: String(decoding: bytes.prefix(count), as: UTF8.self)) else {
            throw StorageError(
                .keyMalformed,
                "The key file \(path) does not hold a key. Put the right file back from its copy; only when the edge's "
                    + "data may be lost, move the file away, and a new key is made.")
        }
        return key
    }

    private static func checkOwnership(of file: Int32, path: String) throws(StorageError) {
        var status = stat()
        guard fstat(file, &status) == 0 else {
            throw StorageError(
                .inputOutput, "The key file \(path) cannot be read. Check the disk.", cause: SystemCall.reason())
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw StorageError(.keyMalformed, "\(path) is no file. Name the key file in the configuration.")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw StorageError(
                .keyPermissions,
                "The key file \(path) has mode 0\(String(status.st_mode & 0o777, radix: 8)), so that others may use it. "
                    + "Find out who could read it, then run: chmod 600 \(path)")
        }
    }

    /// Makes the key file, so that it is there whole and on the disk, or not at all.
    /// - Returns: false when the file has come into being by another's hand; it is left as it is.
    func write(to path: String) throws(StorageError) -> Bool {
        let draft = "\(path).new-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            throw StorageError(
                .keyMissing, "The key file \(path) is not there and cannot be made. Make its directory the edge's own.",
                cause: SystemCall.reason())
        }
        defer { unlink(draft) }
        let bytes = Array(line.utf8)
        let isWritten = Glibc.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        let reason = SystemCall.reason()
        close(file)
        guard isWritten else { throw failure(of: path, reason) }
        // A link, unlike a rename, never takes the place of a file that is there.
        guard link(draft, path) == 0 else {
            if errno == EEXIST { return false }
            throw failure(of: path, SystemCall.reason())
        }
        guard SystemCall.syncDirectory(of: path) else { throw failure(of: path, SystemCall.reason()) }
        return true
    }

    private func failure(of path: String, _ reason: String) -> StorageError {
        StorageError(.inputOutput, "The key file \(path) cannot be written. Check the disk.", cause: reason)
    }
}
