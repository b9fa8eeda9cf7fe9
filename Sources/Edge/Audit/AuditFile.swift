import Glibc

/// The files of the audit log: `audit.log`, and the fuller ones before it, `audit.log.1` the newest of them.
struct AuditFile: Sendable {
    let path: String
    let limits: AuditLimits

    /// Appends entries.
    /// - Returns: why they cannot be written, when they cannot.
    func write(_ entries: [AuditEntry], dropped: Int) -> String? {
        var file = openFile()
        if file >= 0, lseek(file, 0, SEEK_END) >= off_t(limits.fileBytesMax) {
            close(file)
            rotate()
            file = openFile()
        }
        guard file >= 0 else { return String(cString: strerror(errno)) }
        defer { close(file) }
        let bytes = Array(text(entries, dropped).utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { return String(cString: strerror(errno)) }
            written += max(0, count)
        }
        return nil
    }

    private func openFile() -> CInt {
        open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    }

    private func text(_ entries: [AuditEntry], _ dropped: Int) -> String {
        var lines = entries.map { $0.line + "\n" }.joined()
        if dropped > 0, let last = entries.last {
            lines += "{\"time\":\"\(last.time)\",\"not_written\":\(dropped)}\n"
        }
        return lines
    }

    private func rotate() {
        for number in stride(from: limits.filesMax - 2, through: 1, by: -1) {
            rename("\(path).\(number)", "\(path).\(number + 1)")
        }
        rename(path, "\(path).1")
    }
}
