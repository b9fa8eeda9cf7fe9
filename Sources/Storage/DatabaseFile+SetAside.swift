package import Foundation
import Glibc

extension DatabaseFile {
    /// What belongs to a database beside its file, and is of no use without it.
    static let companions = ["-wal", "-shm", "-journal"]

    /// Gives a file and its companions the name `NAME.broken-TIME`. Nothing is lost when the power fails in between.
    ///
    /// No connection may be open to it (https://www.sqlite.org/howtocorrupt.html, section 2.3).
    /// - Returns: the new path of the file.
    /// - Throws: ``StorageError`` when the directory cannot be written.
    package static func setAside(path: String, now: Date) throws(StorageError) -> String {
        let target = try freeName(for: path, now: now)
        let present = ([""] + companions).filter { SystemCall.exists(path + $0) }
        // Both names exist for a moment: a log without its database would be deleted at the next start, and a database
        // without its log would be an older one.
        for suffix in present where link(path + suffix, target + suffix) != 0 {
            throw failure(path)
        }
        guard SystemCall.syncDirectory(of: path) else { throw failure(path) }
        for suffix in present where unlink(path + suffix) != 0 {
            throw failure(path)
        }
        guard SystemCall.syncDirectory(of: path) else { throw failure(path) }
        return target
    }

    private static func freeName(for path: String, now: Date) throws(StorageError) -> String {
        let time = now.ISO8601Format(.init(dateSeparator: .omitted, timeSeparator: .omitted))
        let name = "\(path).broken-\(time)"
        let names = [name] + (2...StorageLimits.setAsidePerSecondMax).map { "\(name)-\($0)" }
        let free = names.first { name in
            ([""] + companions).allSatisfy { !SystemCall.exists(name + $0) }
        }
        guard let free else {
            throw StorageError(
                .inputOutput, "\(path) is set aside again and again. Check its disk, then start once more.")
        }
        return free
    }

    private static func failure(_ path: String) -> StorageError {
        StorageError(
            .inputOutput, "\(path) is broken and cannot be set aside. Check its directory and disk.",
            cause: SystemCall.reason())
    }
}
