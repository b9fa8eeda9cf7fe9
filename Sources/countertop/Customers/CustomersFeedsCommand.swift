import ArgumentParser
import CountertopClient
import Foundation

struct CustomersFeedsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feeds", abstract: "List where the customers come from, and how each source stands.",
        discussion: """
            Feeds run by themselves. Customers who were imported from a file, and those of a feed that the configuration names \
            no more, have a source as well, which nothing runs: "countertop customers forget" takes them out again.

            With --run it waits until that run is over, and says what it did; it ends with 1 when the run failed or refused rows.
            """)

    /// How long a run is waited for.
    private static let runWait: Duration = .seconds(600)

    @Option(name: .long, help: "Have this feed run now, and wait for it.")
    var run: String?

    @OptionGroup var options: EdgeOptions

    func run() async throws {
        guard let run else {
            let feeds = try await options.withEdge { try await $0.feeds.list() }
            if feeds.isEmpty { Terminal.line("no feed is configured, and nothing was imported") }
            for feed in feeds { show(feed) }
            return
        }
        guard let feed = try await options.withEdge({ try await $0.feeds.runToEnd(run, wait: Self.runWait) }) else {
            Terminal.complain(
                "The run is not over after \(Self.runWait.components.seconds / 60) minutes, and goes on. Look: "
                    + options.given.command("customers feeds"))
            throw ExitCode.failure
        }
        guard let last = feed.lastRun else { return show(feed) }
        Terminal.line(last.line(of: feed.name))
        for row in feed.rejected where last.rowsRefused > 0 { Terminal.line("  \(row.text)") }
        if !last.failure.isEmpty || last.rowsRefused > 0 { throw ExitCode.failure }
    }

    private func show(_ feed: Feed) {
        Terminal.line(feed.line(now: Date()))
        if !feed.failure.isEmpty { Terminal.line("  \(feed.failure)") }
        for row in feed.rejected { Terminal.line("  \(row.text)") }
    }
}

extension FeedRun {
    /// What the run did, in a line.
    func line(of feed: String) -> String {
        let counts = ImportEvent(
            rowsRead: rowsRead, upserted: upserted, removed: removed, rowsRefused: rowsRefused, unchanged: unchanged,
            merged: merged)
        let parts = ImportSummary.parts(counts).map { "\($0.count.grouped) \($0.words)" }.joined(separator: ", ")
        let rows = rowsRead == 1 ? "1 row" : "\(rowsRead.grouped) rows"
        guard failure.isEmpty else {
            return rowsRead == 0
                ? "\(feed) was not read. \(failure)" : "\(feed) was read in part, \(rows): \(parts). \(failure)"
        }
        return rowsRead == 0 ? "\(feed) is through: nothing is new there" : "\(feed) is through, \(rows): \(parts)"
    }
}

extension Feed {
    /// The feed in a line, with how old what it brought is.
    func line(now: Date) -> String {
        var parts = [name, standing]
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

    /// What it is, and what it is doing.
    private var standing: String {
        guard state == .off else { return "\(kind), \(state.name.lowercased())" }
        switch kind {
        case "import": return "imported from a file"
        case "sample": return "the sample store"
        case "store": return "made in this store, until their system gives them"
        case "members": return "enrolled in this store"
        case "": return "not in the configuration"
        default: return "\(kind), of which no customers are read"
        }
    }

    private static func time(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1_000).formatted(.iso8601)
    }
}

extension RejectedRow {
    /// The row's place and the reason, in a line.
    var text: String { column > 0 ? "line \(line), column \(column): \(message)" : "line \(line): \(message)" }
}
