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

    /// - Parameter isOnNetwork: with what the README says tills on the network need.
    init(_ readme: Readme, isOnNetwork: Bool = false) throws {
        self.readme = readme
        directory = FileManager.default.temporaryDirectory.appending(path: "ct-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        var configuration = readme.configuration
        if isOnNetwork {
            guard readme.text.contains("`network: {}`"), readme.text.contains("leave `port`") else {
                throw ReadmeError(command: "network: {}")
            }
            configuration.replace("port: 7433, ", with: "")
            // Beside the README's, a port that is free.
            configuration += "\nnetwork: {host: 127.0.0.1, port: 7433}\n"
        }
        try moved(configuration).write(
            to: directory.appending(path: "store.yaml"), atomically: true, encoding: .utf8)
    }

    func remove() {
        try? FileManager.default.removeItem(at: directory)
    }

    /// Where the verbs keep a till's credentials.
    var environment: [String: String] { ["XDG_CONFIG_HOME": directory.path] }

    /// The arguments of a command that the README holds word for word.
    /// - Parameter code: what stands for CODE.
    func arguments(of command: String, code: String = "") throws -> [String] {
        guard readme.commands.contains(command) else { throw ReadmeError(command: command) }
        let words = command.matches(of: /"([^"]*)"|(\S+)/).map { String($0.1 ?? $0.2 ?? "") }
        return words.dropFirst().map {
            switch $0 {
            case "store.yaml": directory.appending(path: $0).path
            case "CODE": code
            case "edge.local": "127.0.0.1:\(port)"
            default: moved($0)
            }
        }
    }

    private func moved(_ text: String) -> String {
        text.replacingOccurrences(of: "/tmp/countertop", with: directory.appending(path: "state").path)
            .replacingOccurrences(of: "edge.local", with: "127.0.0.1")
            .replacingOccurrences(of: "7433", with: String(port))
    }
}

struct ReadmeError: Error, CustomStringConvertible {
    let command: String
    var description: String { "The README does not say: \(command)" }
}
