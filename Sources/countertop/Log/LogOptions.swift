import ArgumentParser
import Edge
import Logging

/// How much is logged. Logs go to standard error, or to systemd's journal where that is it.
struct LogOptions: ParsableArguments {
    @Option(
        name: .long, help: "The least that is logged: trace, debug, info, notice, warning, error.",
        transform: LogOptions.level)
    var logLevel: Logger.Level = .notice

    /// - Parameter quieter: for what only matters when it fails.
    func makeLogger(quieter: Bool = false) -> Logger {
        var logger = Logger(label: "countertop") { Self.handler($0) }
        logger.logLevel = quieter ? max(logLevel, .warning) : logLevel
        return logger
    }

    private static func handler(_ label: String) -> any LogHandler {
        let standardError = StreamLogHandler.standardError(label: label)
        guard JournalStream.isStandardError(), let socket = ServiceSocket(path: JournalStream.socketPath) else {
            return standardError
        }
        return JournalLogHandler(socket, fallback: standardError)
    }

    private static func level(_ name: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: name) else {
            throw ValidationError("'\(name)' is no level. Use trace, debug, info, notice, warning or error.")
        }
        return level
    }
}
