import Glibc

/// The bytes of a file.
final class FileInput: ByteInput {
    /// What tells a file's content from what it held before.
    struct Fingerprint: Sendable, Equatable {
        let size: UInt64
        /// When it was last written, in milliseconds since 1970.
        let writtenAt: Int64
    }

    let path: String
    /// As the file was when it was opened.
    let fingerprint: Fingerprint
    private(set) var bytesRead: UInt64 = 0
    private let descriptor: Int32

    /// - Throws: ``SystemsError`` `missing` when it is not there, `refused` when it may not be read or is no file.
    init(path: String) throws(SystemsError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileInput.cannotOpen(path, errno) }
        do throws(SystemsError) {
            fingerprint = try FileInput.fingerprint(descriptor, path)
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    var bytesTotal: UInt64? { fingerprint.size }

    func read() throws(SystemsError) -> [UInt8] {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: SystemsLimits.chunkBytes) { [descriptor] buffer, filled in
            repeat {
                count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        guard count >= 0 else {
            throw SystemsError(.unavailable, "\(path) cannot be read. Check the disk.", cause: Self.words(errno))
        }
        bytesRead += UInt64(count)
        return bytes
    }

    func skip(_ count: UInt64) throws(SystemsError) -> [UInt8] {
        let place = min(bytesRead + count, fingerprint.size)
        guard lseek(descriptor, off_t(place), SEEK_SET) >= 0 else {
            throw SystemsError(.unavailable, "\(path) cannot be read. Check the disk.", cause: Self.words(errno))
        }
        bytesRead = place
        return []
    }

    /// Whether nobody has written to the file since it was opened.
    func isUnchanged() throws(SystemsError) -> Bool {
        try Self.fingerprint(descriptor, path) == fingerprint
    }

    /// - Throws: ``SystemsError`` like ``init(path:)``.
    static func fingerprint(path: String) throws(SystemsError) -> Fingerprint {
        var status = stat()
        guard stat(path, &status) == 0 else { throw cannotOpen(path, errno) }
        return try fingerprint(status, path)
    }

    private static func fingerprint(_ descriptor: Int32, _ path: String) throws(SystemsError) -> Fingerprint {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw cannotOpen(path, errno) }
        return try fingerprint(status, path)
    }

    private static func fingerprint(_ status: stat, _ path: String) throws(SystemsError) -> Fingerprint {
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SystemsError(.refused, "\(path) is no file. Name a file of customers.")
        }
        return Fingerprint(
            size: UInt64(max(0, status.st_size)),
            writtenAt: Int64(status.st_mtim.tv_sec) * 1_000 + Int64(status.st_mtim.tv_nsec) / 1_000_000)
    }

    private static func cannotOpen(_ path: String, _ code: Int32) -> SystemsError {
        code == ENOENT || code == ENOTDIR
            ? SystemsError(.missing, "\(path) is not there. Check its name, and whoever writes it.")
            : SystemsError(
                .refused, "\(path) cannot be opened. Let the user that Countertop runs as read it.", cause: words(code))
    }

    static func words(_ code: Int32) -> String {
        var words = [CChar](repeating: 0, count: 256)
        guard strerror_r(code, &words, words.count) == 0 else { return "error \(code)" }
        return String(decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
