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

    /// The options that a verb takes, as its help says.
    private static func options(_ words: [String]) -> Set<String> {
        var verb: any ParsableCommand.Type = Countertop.self
        for word in words.dropFirst() {
            verb = verb.configuration.subcommands.first { $0._commandName == word } ?? verb
        }
        return Set(Countertop.helpMessage(for: verb).matches(of: /\n  (--[a-z-]+)/).map { String($0.1) })
    }

    /// Verbs that touch neither a store of this machine nor its edge, or run one of their own.
    private static let withoutStore: Set<String> = ["try", "join", "discover", "schemas", "udev-rules", "help"]

    @Test("Every verb of a store takes its configuration, by the same option")
    func configuration() {
        let leaves = Self.verbs.filter { words in
            !Self.verbs.contains { $0.count > words.count && $0.starts(with: words) }
        }
        #expect(leaves.count > 30)
        for words in leaves where !Self.withoutStore.contains(words[1]) {
            let options = Self.options(words)
            #expect(options.contains("--config"), "\(words) takes \(options.sorted())")
        }
    }

    @Test(
        "An edge is found by the configuration that is named, and a command that is printed names it alike",
        arguments: [["status"], ["customers", "feeds"], ["outbox"], ["systems"]])
    func byConfiguration(_ verb: [String]) async throws {
        try await CallStore.with { store in
            let config = FileManager.default.temporaryDirectory.appending(path: "ct-\(UUID().uuidString).yaml")
            defer { try? FileManager.default.removeItem(at: config) }
            try "listen: {unix: \(store.socket)}\n".write(to: config, atomically: true, encoding: .utf8)
            let done = try await Program.run(verb + ["--config", config.path])
            #expect(done.status == 0, "\(done.errors)")
            let doctor = try await Program.run([
                "doctor", "--config", config.path, "--edge", "/nowhere/edge.sock", "--json",
            ])
            #expect(doctor.output.contains("The edge does not answer"), "\(doctor.output)")
        }
    }

    @Test(
        "A till's folder is under HOME, as with every program of its user, and under XDG_CONFIG_HOME where that is set")
    func home() async throws {
        #expect(CredentialsOptions.standardFolder(["HOME": "/home/kassa"]) == "/home/kassa/.config/countertop-till")
        let set = ["HOME": "/home/kassa", "XDG_CONFIG_HOME": "/srv/config"]
        #expect(CredentialsOptions.standardFolder(set) == "/srv/config/countertop-till")
        let relative = ["HOME": "/home/kassa", "XDG_CONFIG_HOME": "config"]
        #expect(CredentialsOptions.standardFolder(relative) == "/home/kassa/.config/countertop-till")
        let done = try await Program.run(
            ["tills", "--edge", "tls://127.0.0.1:1"], environment: ["HOME": "/nowhere/kassa", "XDG_CONFIG_HOME": ""])
        #expect(done.errors.contains("/nowhere/kassa/.config/countertop-till"), "\(done.errors)")
    }

    @Test(
        "What is empty is said to be, with the verb's usage",
        arguments: [
            ["resolve", ""], ["enter", "1", ""], ["call", "Customers/Resolve", ""],
            ["customers", "export", "--phone", ""],
        ])
    func empty(_ arguments: [String]) async throws {
        let done = try await Program.run(arguments)
        #expect(done.status == 64 && done.errors.contains("empty"), "\(done.errors)")
    }

    @Test("Files to check that are named in two ways are refused, so that none of them is passed over")
    func checkedTwice() throws {
        let text = try #require(complaint(["config", "check", "/srv/one.yaml", "--config", "/srv/two.yaml"]))
        #expect(text.contains("Name the files either as arguments, or one by --config."), "\(text)")
        #expect(complaint(["config", "check", "/srv/one.yaml", "/srv/two.yaml"]) == nil)
    }

    @Test("The check of a configuration names each fault, and ends as one that is not good")
    func check() async throws {
        let config = FileManager.default.temporaryDirectory.appending(path: "ct-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: config) }
        try "stoer: {name: a}\nscans: {wait_seconds: 0}\nsample_store: maybe\n".write(
            to: config, atomically: true, encoding: .utf8)
        for verb in [["config", "check", config.path], ["config", "check", "--config", config.path]] {
            let done = try await Program.run(verb)
            #expect(done.status == 1 && done.output.split(separator: "\n").count == 3, "\(done.output)")
            for line in 1...3 { #expect(done.output.contains("\(config.path):\(line):"), "\(done.output)") }
        }
        let run = try await Program.run(["run", "--config", config.path])
        #expect(run.status == 78 && run.errors.split(separator: "\n").count == 3, "\(run.errors)")
        let check = try await Program.run(["run", "--check", "--config", config.path])
        #expect(check.status == 78 && check.output.split(separator: "\n").count == 3, "\(check.output)")
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
