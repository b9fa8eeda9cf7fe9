import ArgumentParser
import CountertopClient
import Foundation

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show how the edge and all it works with stands.",
        discussion: """
            Devices, lanes, tills, the local copy of the customers, where they come from, what waits for the systems \
            outside, and what is not as it should be. \(StandingExit.help) An edge that cannot be reached does not work. \
            The doctor looks at more, and ends alike.
            """)

    /// How often a watch looks.
    static let watchWait: Duration = .seconds(2)

    @Flag(name: .long, help: "Show it again every two seconds, until Ctrl-C.")
    var watch = false

    @Flag(name: .long, help: "Print it as JSON; with --watch a line each time.")
    var json = false

    @OptionGroup var options: EdgeOptions

    func run() async throws {
        var last: StatusAnswer?
        repeat {
            do {
                try await options.withEdge { edge in
                    repeat {
                        let status = try await edge.operations.status()
                        try show(status)
                        last = status
                        if watch { try await Task.sleep(for: Self.watchWait) }
                    } while watch
                }
            } catch let error as CountertopError {
                Terminal.complain("Error: \(error)")
                // Who watches an edge that was there sees it come back.
                guard watch, last != nil else {
                    Terminal.complain(hint(error))
                    throw ExitCode(StandingExit.fault.rawValue)
                }
                Terminal.complain("It is asked again every \(Self.watchWait.components.seconds) seconds. Ctrl-C ends.")
                try await Task.sleep(for: Self.watchWait)
            }
        } while watch
        if let last { try StandingExit(last).end() }
    }

    /// What helps whoever was not told.
    func hint(_ error: CountertopError) -> String {
        let isTill = options.edge?.hasPrefix("tls://") ?? false
        switch error.code {
        case .unauthenticated where isTill:
            return "Pair this till anew: countertop pair on the edge's machine, then here countertop join HOST CODE"
        case .permissionDenied, .unauthenticated:
            return isTill
                ? "Only the edge's machine tells that: countertop status there"
                : "Ask as somebody who may: sudo \(options.given.command("status"))"
        default:
            return isTill
                ? "Ask why, on the edge's machine: countertop doctor" : "Ask why: \(options.given.command("doctor"))"
        }
    }

    private func show(_ status: StatusAnswer) throws {
        guard !json else {
            return Terminal.write(try StatusAnswer.schema.json(packed: status.packed()) + "\n")
        }
        // A terminal is wiped, so that what is shorter now leaves nothing behind.
        if watch, Terminal.isInteractive { Terminal.write("\u{1B}[H\u{1B}[2J") }
        for line in StatusText(status, now: Date()).lines { Terminal.line(line) }
        if watch, !Terminal.isInteractive { Terminal.line("") }
    }
}
