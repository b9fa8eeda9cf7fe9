import Foundation
import Glibc
import Wire

/// What this process takes of its machine.
enum ProcessFigures {
    /// - Parameter disk: a path on the disk that is asked about.
    /// - Returns: 0 for what cannot be told.
    static func now(disk: String) -> ProcessStanding {
        let status = statusLines()
        var space = statvfs()
        let isKnown = statvfs(disk, &space) == 0
        return ProcessStanding(
            memoryBytes: (status["RssAnon"] ?? 0) * 1_024, threads: UInt32(clamping: status["Threads"] ?? 0),
            descriptors: descriptors(), diskFreeBytes: isKnown ? UInt64(space.f_bavail) * UInt64(space.f_frsize) : 0)
    }

    /// The numbers of /proc/self/status (proc(5)); sizes are in KiB.
    private static func statusLines() -> [String: UInt64] {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return [:] }
        var numbers: [String: UInt64] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == ":" || $0 == "\t" || $0 == " " })
            if words.count >= 2, let number = UInt64(words[1]) { numbers[String(words[0])] = number }
        }
        return numbers
    }

    /// The one by which the folder itself is read is left out.
    private static func descriptors() -> UInt32 {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while let entry = readdir(folder) {
            if entry.pointee.d_name.0 != UInt8(ascii: ".") { count += 1 }
        }
        return UInt32(clamping: max(0, count - 1))
    }
}
