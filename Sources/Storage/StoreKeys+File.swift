import Glibc

extension StoreKeys {
    /// - Returns: `nil` when there is no file.
    package static func load(at path: String) throws(StorageError) -> StoreKeys? {
        // Without O_NONBLOCK a named pipe in the key's place would hold the start up for ever.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw StorageError(
                .keyPermissions, "The key file \(path) cannot be read. Make it the edge's own, mode 0600.",
                cause: SystemCall.reason())
        }
        defer { close(file) }
        return try read(file, path: path)
    }

    private static func read(_ file: Int32, path: String) throws(StorageError) -> StoreKeys {
        try checkOwnership(of: file, path: path)
        var bytes = [UInt8](repeating: 0, count: StorageLimits.keyFileBytesMax + 1)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count >= 0 else {
            throw StorageError(
                .inputOutput, "The key file \(path) cannot be read. Check the disk.", cause: SystemCall.reason())
        }
        guard let keys = StoreKeys(text: String(decoding: bytes.prefix(count), as: UTF8.self)) else {
            throw StorageError(
                .keyMalformed,
                "The key file \(path) does not hold a key. Put the right file back from its copy; only when the edge's "
                    + "data may be lost, move the file away, and a new key is made.")
        }
        return keys
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
    func create(at path: String) throws(StorageError) -> Bool {
        let draft = try draft(of: path)
        defer { unlink(draft) }
        // A link, unlike a rename, never takes the place of a file that is there.
        guard link(draft, path) == 0 else {
            if errno == EEXIST { return false }
            throw Self.failure(of: path, SystemCall.reason())
        }
        guard SystemCall.syncDirectory(of: path) else { throw Self.failure(of: path, SystemCall.reason()) }
        return true
    }

    /// Puts other keys in the place of a file's, at once or not at all; the file keeps its owner. One process at a time does.
    /// - Parameter change: makes the new keys of those that are there.
    /// - Throws: ``StorageError``, that of `change` included: the file is as it was then.
    package static func replace(
        at path: String, _ change: (StoreKeys) throws(StorageError) -> StoreKeys
    ) throws(StorageError) -> StoreKeys {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            throw StorageError(
                .keyMissing, "The key file \(path) cannot be read. Run it as root, or name the file.",
                cause: SystemCall.reason())
        }
        defer { close(file) }
        var (held, named) = (stat(), stat())
        guard flock(file, LOCK_EX | LOCK_NB) == 0, fstat(file, &held) == 0, stat(path, &named) == 0,
            held.st_ino == named.st_ino
        else {
            throw StorageError(.inUse, "Another process changes the key file \(path). Try again when it is done.")
        }
        let keys = try change(try read(file, path: path))
        let draft = try keys.draft(of: path)
        guard chown(draft, held.st_uid, held.st_gid) == 0, rename(draft, path) == 0 else {
            let reason = SystemCall.reason()
            unlink(draft)
            throw failure(of: path, reason)
        }
        guard SystemCall.syncDirectory(of: path) else { throw failure(of: path, SystemCall.reason()) }
        return keys
    }

    /// Writes the keys beside the file.
    /// - Returns: the path of what was written, which is on the disk.
    private func draft(of path: String) throws(StorageError) -> String {
        let draft = "\(path).new-\(String(UInt64.random(in: .min ... .max), radix: 16))"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            throw StorageError(
                .keyMissing, "The key file \(path) cannot be made. Make its directory the edge's own.",
                cause: SystemCall.reason())
        }
        let bytes = Array(text.utf8)
        let isWritten = Glibc.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        let reason = SystemCall.reason()
        close(file)
        guard isWritten else {
            unlink(draft)
            throw Self.failure(of: path, reason)
        }
        return draft
    }

    private static func failure(of path: String, _ reason: String) -> StorageError {
        StorageError(.inputOutput, "The key file \(path) cannot be written. Check the disk.", cause: reason)
    }
}
