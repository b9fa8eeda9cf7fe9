import Foundation

/// An edge in a process of its own.
struct RestingEdge {
    static let verb = "serve"

    let port: Int
    let startedAt: Int64
    private let process: Process
    private let input: Pipe

    /// Starts the process and waits until it listens.
    /// - Parameter environment: what it has beside this process's.
    static func spawn(_ store: BenchStore, environment: [String: String] = [:]) throws -> RestingEdge {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = [verb, store.directory, "\(store.count)"]
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = output
        let startedAt = Stopwatch.now()
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            process.terminate()
            throw BenchError("The edge does not start in a process of its own.")
        }
        return RestingEdge(port: port, startedAt: startedAt, process: process, input: input)
    }

    /// What the process does: it serves until its standard input ends.
    static func serve(_ arguments: [String]) async throws {
        guard arguments.count == 2, let count = Int(arguments[1]) else {
            throw BenchError("Name the store's directory and its number of customers.")
        }
        let edge = try await BenchEdge.start(BenchStore(directory: arguments[0], count: count), lanes: 1)
        FileHandle.standardOutput.write(Data("\(edge.port)\n".utf8))
        _ = try await MeasuringThread.run { FileHandle.standardInput.readDataToEndOfFile() }
        await edge.stop()
    }

    /// The resident memory that is backed by no file.
    func anonymousBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let words = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }?.split(
            whereSeparator: \.isWhitespace)
        guard let words, words.count > 1, let kibibytes = Int(words[1]) else {
            throw BenchError("The kernel does not tell the process's memory.")
        }
        return kibibytes * 1_024
    }

    /// Ends the process and waits for that.
    func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
