import ArgumentParser
import CountertopClient
import Foundation

struct CustomersFeedsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feeds", abstract: "List where the customers come from, and how each feed stands.")

    @Option(name: .long, help: "Has this feed run now.")
    var run: String?

    @OptionGroup var options: EdgeOptions

    func run() async throws {
        let feeds = try await options.withEdge { edge in
            if let run { return [try await edge.feeds.run(run)] }
            return try await edge.feeds.list()
        }
        if feeds.isEmpty { Terminal.line("no feed is configured, and nothing was imported") }
        for feed in feeds {
            Terminal.line(feed.line(now: Date()))
            if !feed.failure.isEmpty { Terminal.line("  \(feed.failure)") }
            for row in feed.rejected { Terminal.line("  \(row.text)") }
        }
    }
}

extension Feed {
    /// The feed in a line, with how old what it brought is.
    func line(now: Date) -> String {
        var parts = [name, kind.isEmpty ? "off" : "\(kind), \(state.name.lowercased())"]
        parts.append(complete ? "complete" : "not complete")
        if throughAtUnixMs > 0 {
            let age = UInt64(clamping: Int64(now.timeIntervalSince1970 * 1_000) - throughAtUnixMs)
            parts.append("through \(Self.time(throughAtUnixMs)), \(StatusText.time(milliseconds: age)) ago")
        }
        if nextRunAtUnixMs > 0 { parts.append("next \(Self.time(nextRunAtUnixMs))") }
        if rowsRefused > 0 { parts.append("\(rowsRefused) of \(rowsRead) rows refused") }
        if identifiersMoved > 0 { parts.append("\(identifiersMoved) cards or numbers went to another customer") }
        return parts.joined(separator: "  ")
    }

    private static func time(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1_000).formatted(.iso8601)
    }
}

extension RejectedRow {
    /// The row's place and the reason, in a line.
    var text: String { column > 0 ? "line \(line), column \(column): \(message)" : "line \(line): \(message)" }
}
