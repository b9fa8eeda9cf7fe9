import Foundation

/// The built `countertop`, run as a person runs it.
struct Program {
    let status: Int32
    let output: String
    let errors: String

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Beside the tests' own program, wherever they were built.
    static var url: URL {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).standardizedFileURL
        while folder.path != "/" {
            let candidate = folder.appending(path: "countertop")
            if FileManager.default.isExecutableFile(atPath: candidate.path), !candidate.hasDirectoryPath {
                return candidate
            }
            folder.deleteLastPathComponent()
        }
        return root.appending(path: ".build/debug/countertop")
    }

    /// Runs it to its end, with nothing on standard input.
    static func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Program {
        let running = try RunningProgram(arguments, environment: environment)
        let status = await running.status()
        return Program(status: status, output: running.output(), errors: running.errors())
    }
}
