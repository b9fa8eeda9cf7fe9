import Edge
import Logging

/// Logs into systemd's journal, with what a line tells in fields of its own.
struct JournalLogHandler: LogHandler {
    var logLevel: Logger.Level = .notice
    var metadata: Logger.Metadata = [:]
    private let socket: ServiceSocket
    /// Takes what the journal does not.
    private var fallback: any LogHandler

    init(_ socket: ServiceSocket, fallback: any LogHandler) {
        self.socket = socket
        self.fallback = fallback
        self.fallback.logLevel = .trace
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
        let entry = JournalEntry(level: event.level, message: "\(event.message)", metadata: all)
        if !socket.send(entry.bytes) { fallback.log(event: event) }
    }
}
