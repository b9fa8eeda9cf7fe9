import Foundation

/// README.md, with what it tells people to type.
struct Readme {
    let text: String

    init() throws {
        text = try String(contentsOf: Program.root.appending(path: "README.md"), encoding: .utf8)
    }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The lines of its shell blocks.
    var commands: [String] { blocks("sh").flatMap { $0.split(separator: "\n").map(String.init) } }

    var configuration: String { blocks("yaml").first ?? "" }

    private func blocks(_ language: String) -> [String] {
        text.components(separatedBy: "```\(language)\n").dropFirst().map { $0.components(separatedBy: "\n```")[0] }
    }
}

/// The README's store, in a directory and on a port of its own.
struct ReadmeStore {
    private let readme: Readme
    private let directory: URL
    private let port = Int.random(in: 20_000..<30_000)

    init(_ readme: Readme) throws {
        self.readme = readme
        directory = FileManager.default.temporaryDirectory.appending(path: "ct-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try moved(readme.configuration).write(
            to: directory.appending(path: "store.yaml"), atomically: true, encoding: .utf8)
    }

    func remove() {
        try? FileManager.default.removeItem(at: directory)
    }

    /// The arguments of a command that the README holds word for word.
    func arguments(of command: String) throws -> [String] {
        guard readme.commands.contains(command) else { throw ReadmeError(command: command) }
        let words = command.matches(of: /"([^"]*)"|(\S+)/).map { String($0.1 ?? $0.2 ?? "") }
        return words.dropFirst().map {
            $0 == "store.yaml" ? directory.appending(path: $0).path : moved($0)
        }
    }

    private func moved(_ text: String) -> String {
        text.replacingOccurrences(of: "/tmp/countertop", with: directory.appending(path: "state").path)
            .replacingOccurrences(of: "7433", with: String(port))
    }
}

struct ReadmeError: Error, CustomStringConvertible {
    let command: String
    var description: String { "The README does not say: \(command)" }
}
