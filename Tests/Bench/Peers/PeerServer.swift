import Foundation
import Glibc

/// A server that is compared with, in a process of its own.
struct PeerServer: Sendable {
    /// Where `make bench` builds the package Tests/Peers.
    private static let directory = ".build-peers/release"

    let port: Int
    private let process: Process
    private let input: Pipe

    /// Starts one of Tests/Peers, which answers with a Resolution that is always the same.
    /// - Returns: `nil` when it is not built.
    static func start(_ product: String, resolution: [UInt8], in scratch: String) throws -> PeerServer? {
        guard let path = path(product) else { return nil }
        let file = "\(scratch)/resolution"
        try Data(resolution).write(to: URL(fileURLWithPath: file))
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = [file]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            kill(process.processIdentifier, SIGKILL)
            throw BenchError("\(product) does not tell where it listens.")
        }
        return PeerServer(port: port, process: process, input: input)
    }

    /// Where a program of Tests/Peers is; `nil`, and a note, when it is not built.
    static func path(_ product: String) -> String? {
        let path = "\(FileManager.default.currentDirectoryPath)/\(directory)/\(product)"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            BenchDesk.note("There is no \(product) to compare with. `make bench` builds it.")
            return nil
        }
        return path
    }

    /// Starts Redis with nothing kept on disk.
    /// - Returns: `nil` when it is not installed.
    static func redis(in scratch: String) throws -> PeerServer? {
        guard let path = LoadProgram.path("redis-server") else { return nil }
        let port = try LeanSocket.freePort()
        let (process, input) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = [
            "--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", scratch,
        ]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let patience = Stopwatch.now() + 10_000_000_000
        while (try? LeanSocket(port: port)) == nil {
            guard Stopwatch.now() < patience, process.isRunning else {
                kill(process.processIdentifier, SIGKILL)
                throw BenchError("Redis does not start.")
            }
            Stopwatch.sleep(until: Stopwatch.now() + 20_000_000)
        }
        return PeerServer(port: port, process: process, input: input)
    }

    /// Ends the process and waits for that. It has nothing to save, and a program that is started from a thread with
    /// signals blocked takes no milder one.
    func end() {
        try? input.fileHandleForWriting.close()
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
