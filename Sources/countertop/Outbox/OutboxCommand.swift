import ArgumentParser
import CountertopClient
import Foundation

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "Show what goes to the systems outside, have it tried again, or give it up.",
        subcommands: [List.self, Retry.self, Drop.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the systems, and what waits for them or was refused.")

        @Option(name: .long, help: "Of this system alone.")
        var system: String = ""

        @Option(
            name: .long,
            help: "In this state alone: pending, sending, unknown, refused, sent or dropped; may come again.")
        var state: [String] = []

        @Option(name: .long, help: "Entries after this number.")
        var after: UInt64 = 0

        @Option(name: .long, help: "At most this many entries, 1 to 200.")
        var limit: UInt32 = 50

        @Flag(name: .long, help: "Print the answer as JSON.")
        var json = false

        @OptionGroup var options: EdgeOptions

        func run() async throws {
            let request = ListOutboxRequest(
                system: system, states: try state.map { try Self.state($0) }, afterId: after, limit: limit)
            let answer = try await options.withEdge { try await $0.outbox.list(request) }
            guard !json else { return try Terminal.json(answer) }
            let isPart = answer.entries.count == Int(limit)
            for line in OutboxText(answer, now: Date(), isPart: isPart, given: options.given).lines {
                Terminal.line(line)
            }
        }

        private static func state(_ word: String) throws -> OutboxState {
            guard let state = OutboxState.names.first(where: { $0.value == word.uppercased() })?.key,
                state != .unspecified
            else {
                throw ValidationError("There is no state \(word): pending, sending, unknown, refused, sent or dropped.")
            }
            return state
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have an entry tried again at once.",
            discussion: """
                Of an entry whose outcome is unknown, look in the system first that it is not there: what is sent again is \
                done again.
                """)

        @Argument(help: "The entry's number.")
        var id: UInt64

        @Flag(name: .long, help: "Print the answer as JSON.")
        var json = false

        @OptionGroup var options: EdgeOptions

        func run() async throws {
            let entry = try await options.withEdge { try await $0.outbox.retry(id) }
            if json { try Terminal.json(entry) } else { Terminal.line(entry.line(now: Date())) }
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give an entry up, for good.")

        @Argument(help: "The entry's number.")
        var id: UInt64

        @Option(name: .long, help: "Why, for those who look later; nothing of a customer.")
        var reason: String

        @Flag(name: .long, help: "Print the answer as JSON.")
        var json = false

        @OptionGroup var options: EdgeOptions

        func run() async throws {
            let entry = try await options.withEdge { try await $0.outbox.drop(id, reason: reason) }
            if json { try Terminal.json(entry) } else { Terminal.line(entry.line(now: Date())) }
        }
    }
}
