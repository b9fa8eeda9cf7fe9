import ArgumentParser
import CountertopClient
import Foundation

struct SystemsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the systems, how each stands, and what is wrong.")

    @OptionGroup var options: EdgeOptions

    func run() async throws {
        let systems = try await options.withEdge { try await $0.systems.list() }
        if systems.isEmpty { Terminal.line("no system is configured") }
        for system in systems {
            Terminal.line(system.line(at: Date()))
            if !system.failure.isEmpty { Terminal.line("  \(system.failure)") }
        }
    }
}

extension OutsideSystem {
    /// The system in a line.
    func line(at now: Date) -> String {
        var parts = [name, kind, state.name.lowercased()]
        if answeredAtUnixMs > 0 { parts.append("answered \(Self.age(of: answeredAtUnixMs, at: now)) ago") }
        if throughAtUnixMs > 0 { parts.append("read \(Self.age(of: throughAtUnixMs, at: now)) ago") }
        if failures > 1 { parts.append("\(failures) failures") }
        return parts.joined(separator: "  ")
    }

    private static func age(of milliseconds: Int64, at now: Date) -> String {
        let seconds = max(0, Int(now.timeIntervalSince1970) - Int(milliseconds / 1_000))
        switch seconds {
        case ..<120: return "\(seconds) s"
        case ..<7_200: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3_600) h"
        default: return "\(seconds / 86_400) days"
        }
    }
}
