import ArgumentParser
import CountertopClient
import Foundation

struct TillsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tills", abstract: "List the store's tills, rename and revoke them.",
        subcommands: [List.self, Rename.self, Revoke.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the tills that are paired, and those that were revoked.")

        @OptionGroup var options: EdgeOptions

        func run() async throws {
            let tills = try await options.withEdge { try await $0.tills.list() }
            if tills.isEmpty { Terminal.line("no till is paired: \(options.given.command("pair"))") }
            for till in tills { Terminal.line(till.line) }
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give a till another name.")

        @Argument(help: "The till's id.")
        var id: String

        @Argument(help: "Its new name.")
        var name: String

        @OptionGroup var options: EdgeOptions

        func run() async throws {
            let till = try await options.withEdge { try await $0.tills.rename(id, to: name) }
            Terminal.line(till.line)
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a till's rights away, for good, and end its connections.")

        @Argument(help: "The till's id.")
        var id: String

        @OptionGroup var options: EdgeOptions

        func run() async throws {
            let till = try await options.withEdge { try await $0.tills.revoke(id) }
            Terminal.line(till.line)
        }
    }
}

extension Till {
    /// The till in a line.
    var line: String {
        var parts = [id, name, role.name.lowercased(), lane.isEmpty ? "every lane" : "lane \(lane)"]
        if browser { parts.append("browser") }
        if revokedAtUnixMs != 0 {
            parts.append("revoked \(Self.day(revokedAtUnixMs))")
        } else {
            parts.append(connections == 0 ? "not connected" : "connected")
            parts.append("until \(Self.day(expiresAtUnixMs))")
        }
        return parts.joined(separator: "  ")
    }

    private static func day(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1_000).formatted(.iso8601.year().month().day())
    }
}
