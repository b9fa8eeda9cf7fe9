import ArgumentParser
import Foundation
import Testing

@testable import countertop

@Suite("Arguments that a verb cannot use")
struct ArgumentTests {
    /// The words of all verbs, those that have verbs of their own among them.
    static let verbs: [[String]] = words(of: Countertop.self, [])

    private static func words(of verb: any ParsableCommand.Type, _ parents: [String]) -> [[String]] {
        let words = parents + [verb._commandName]
        return [words] + verb.configuration.subcommands.flatMap { Self.words(of: $0, words) }
    }

    /// What the parser says; `nil` when it finds nothing wrong.
    private func complaint(_ arguments: [String]) -> String? {
        do {
            _ = try Countertop.parseAsRoot(arguments)
            return nil
        } catch {
            return Countertop.fullMessage(for: error)
        }
    }

    /// Whether the usage that is shown is that of a verb, or of the one that stands for it when none is named.
    private func isUsage(_ text: String, of words: [String]) -> Bool {
        text.split(separator: "\n").contains { line in
            guard line.hasPrefix("Usage: \(words.joined(separator: " "))") else { return false }
            return line.dropFirst("Usage: \(words.joined(separator: " "))".count).first.map { $0 == " " } ?? true
        }
    }

    @Test("With an option that is none, the usage of that verb is shown", arguments: verbs)
    func unknownOption(_ words: [String]) throws {
        let text = try #require(complaint(Array(words.dropFirst()) + ["--no-such-option"]))
        #expect(isUsage(text, of: words), "\(text)")
    }

    @Test("With an argument too many, and with one that is missing, the usage of that verb is shown", arguments: verbs)
    func argumentCount(_ words: [String]) throws {
        let many = Array(words.dropFirst()) + (1...9).map { "word\($0)" }
        for arguments in [many, Array(words.dropFirst())] {
            guard let text = complaint(arguments), text.hasPrefix("Error: ") else { continue }
            #expect(isUsage(text, of: words), "\(text)")
        }
    }

    @Test(
        "What a verb finds out only when it runs is said with its own usage, too",
        arguments: [
            (["resolve", "X", "--edge", "nowhere"], "countertop resolve"),
            (["outbox", "list", "--state", "lost"], "countertop outbox list"),
            (["tills", "--edge", "nowhere"], "countertop tills list"),
            (["customers", "feeds", "--edge", "nowhere"], "countertop customers feeds"),
            (["join", "edge:port", "CODE"], "countertop join"),
            (["call", "No/Such"], "countertop call"),
        ])
    func whenRun(arguments: [String], verb: String) async throws {
        let done = try await Program.run(arguments)
        #expect(done.status == 64)
        #expect(isUsage(done.errors, of: verb.split(separator: " ").map(String.init)), "\(done.errors)")
        #expect(done.errors.contains("See '\(verb) --help'"), "\(done.errors)")
        #expect(done.errors.hasPrefix("Error: "), "\(done.errors)")
    }

    @Test(
        "A file that is not there is told of in the program's words",
        arguments: [
            ["backup", "/nowhere/backup.tar.gz", "--config", "/nowhere/store.yaml"],
            ["run", "--config", "/nowhere/store.yaml"], ["config", "check", "/nowhere/store.yaml"],
            ["restore", "/nowhere/backup.tar.gz", "--config", "/nowhere/store.yaml"],
            ["customers", "import", "/nowhere/members.csv", "--config", "/nowhere/store.yaml"],
            ["debug", "replay", "/nowhere/capture.pcapng"], ["key", "create", "/nowhere/key"],
            ["cards", "preview", "--config", "/nowhere/store.yaml"],
            ["systems", "authorise", "poster", "--config", "/nowhere/store.yaml"],
            ["debug", "record", "/nowhere/capture.pcapng"], ["report", "/nowhere/report.tar.gz"],
            ["tills", "--edge", "/nowhere/edge.sock"], ["tills", "--edge", "tls://127.0.0.1:1"],
            ["tills", "--edge", "127.0.0.1:1"],
        ])
    func words(_ arguments: [String]) async throws {
        let done = try await Program.run(arguments)
        #expect(done.status != 0)
        let text = done.output + done.errors
        for word in ["NSCocoa", "Domain=", "couldn", "doesn’t", "errno", "Error(", "NIO", "Swift."] {
            #expect(!text.contains(word), "\(word) in \(text)")
        }
        #expect(text.contains(". "), "It does not say what to do: \(text)")
    }
}
