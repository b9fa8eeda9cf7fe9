import Foundation
import Glibc

/// The files of one kind: `audit.log`, say, and the fuller ones before it, `audit.log.1` the newest of them.
struct AuditFile: Sendable {
    let path: String
    let limits: AuditLimits

    /// Appends what was piled up.
    /// - Returns: why it cannot be written, when it cannot.
    func write(_ pile: AuditPile, milliseconds: Int64) -> String? {
        var file = openFile()
        if file >= 0, lseek(file, 0, SEEK_END) >= off_t(limits.fileBytesMax) {
            close(file)
            rotate()
            file = openFile()
        }
        guard file >= 0 else { return String(cString: strerror(errno)) }
        defer { close(file) }
        let bytes = lines(pile, milliseconds)
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

    private func lines(_ pile: AuditPile, _ milliseconds: Int64) -> [UInt8] {
        var lines = AuditLines()
        for entry in pile.entries { lines.add(entry) }
        for (who, count) in pile.surplus.sorted(by: { $0.key.caller < $1.key.caller }) {
            lines.add(more: count, who, milliseconds: milliseconds)
        }
        if pile.dropped > 0 { lines.add(dropped: pile.dropped, milliseconds: milliseconds) }
        return lines.bytes
    }

    /// Takes out the lines from before a time, each with the rest of its day (in UTC), and deletes the files that hold no others.
    /// - Returns: why a file could not be seen to, when one could not. It stays as it is, and the others are seen to.
    func forget(before time: Date) -> String? {
        var fault: String?
        for name in [path] + (1..<limits.filesMax).map({ "\(path).\($0)" }) {
            guard let changed = Self.changedAt(name) else { continue }
            if changed < time {
                if unlink(name) != 0, errno != ENOENT { fault = String(cString: strerror(errno)) }
            } else if let first = firstTime(of: name), first < time {
                fault = prune(name, before: time) ?? fault
            }
        }
        return fault
    }

    /// The file is replaced whole, or stays as it is and is tried again the next time.
    /// - Returns: why it stays.
    private func prune(_ name: String, before time: Date) -> String? {
        let next = name + ".next"
        unlink(next)
        let (source, target) = (
            open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW),
            open(next, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        )
        defer {
            if source >= 0 { close(source) }
            if target >= 0 { close(target) }
            unlink(next)
        }
        guard source >= 0, target >= 0, let bytes = copy(source, to: target, AuditPruning(before: time)) else {
            return String(cString: strerror(errno))
        }
        let isDone = bytes == 0 ? unlink(name) == 0 : fsync(target) == 0 && rename(next, name) == 0
        return isDone ? nil : String(cString: strerror(errno))
    }

    /// - Returns: how many bytes stay; `nil` when the disk refuses.
    private func copy(_ source: CInt, to target: CInt, _ pruning: consuming AuditPruning) -> Int? {
        var total = 0
        var buffer = [UInt8](repeating: 0, count: limits.pieceBytes)
        while true {
            let count = read(source, &buffer, buffer.count)
            guard count >= 0 else { return nil }
            let kept = count == 0 ? pruning.end() : pruning.kept(of: Array(buffer.prefix(count)))
            guard kept.isEmpty || Glibc.write(target, kept, kept.count) == kept.count else { return nil }
            total += kept.count
            if count == 0 { return total }
        }
    }

    private static func changedAt(_ path: String) -> Date? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec))
    }

    /// When the first line of a file was written.
    private func firstTime(of path: String) -> Date? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        guard let bytes = try? handle.read(upToCount: limits.lineBytesRead) else { return nil }
        let line = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
        guard line.hasPrefix("{\"time\":\"") else { return nil }
        let strategy = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return try? Date(String(line.dropFirst(9).prefix(24)), strategy: strategy)
    }

    private func rotate() {
        for number in stride(from: limits.filesMax - 2, through: 1, by: -1) {
            rename("\(path).\(number)", "\(path).\(number + 1)")
        }
        rename(path, "\(path).1")
    }
}
