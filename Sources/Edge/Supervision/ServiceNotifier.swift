import Foundation

/// Tells the service manager how the service stands (sd_notify(3)): `NAME=VALUE` lines in a datagram.
package struct ServiceNotifier: Sendable {
    /// How often the manager wants to hear that the service lives; `nil` when it does not.
    package let watchdogTime: Duration?
    private let socket: ServiceSocket

    /// - Parameters:
    ///   - environment: as the manager has set it: NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID (sd_watchdog_enabled(3)).
    ///   - process: this process's number.
    /// - Returns: `nil` when no manager wants to be told.
    package init?(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        process: Int32 = ProcessInfo.processInfo.processIdentifier
    ) {
        guard let path = environment["NOTIFY_SOCKET"], let socket = ServiceSocket(path: path) else { return nil }
        self.socket = socket
        let isOurs = environment["WATCHDOG_PID"].map { $0 == String(process) } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap(Int64.init) ?? 0
        watchdogTime = isOurs && microseconds > 0 ? .microseconds(microseconds) : nil
    }

    /// The replica answers and the devices are claimed.
    package func ready(_ status: String) { send("READY=1\nSTATUS=\(Self.line(status))") }

    /// How it stands, in a line for people.
    package func status(_ status: String) { send("STATUS=\(Self.line(status))") }

    package func stopping() { send("STOPPING=1\nSTATUS=Stopping.") }

    /// Everyone works.
    func feedWatchdog() { send("WATCHDOG=1") }

    private func send(_ text: String) { socket.send(Array(text.utf8)) }

    private static func line(_ text: String) -> String { text.replacing("\n", with: " ") }
}
