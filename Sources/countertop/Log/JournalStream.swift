import Foundation

/// Whether standard error goes into systemd's journal (systemd.exec(5), JOURNAL_STREAM).
enum JournalStream {
    /// The socket of journald's own protocol (https://systemd.io/JOURNAL_NATIVE_PROTOCOL/).
    static let socketPath = "/run/systemd/journal/socket"

    static func isStandardError(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Bool {
        guard let stream = environment["JOURNAL_STREAM"] else { return false }
        // The number of a socket, which its link's text has too, is enough: sockets are of one device.
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/2")
        return link == "socket:[\(stream.split(separator: ":").last ?? "")]"
    }
}
