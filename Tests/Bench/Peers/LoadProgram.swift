import Foundation

/// A program that puts load on a server and tells how many answers a second it got.
struct LoadProgram: Sendable {
    private static let directories = ["/usr/bin", "/usr/local/bin"]

    private let path: String
    /// What stands before and after the rate in its output.
    private let before: String
    private let after: String

    /// Where a program is; `nil`, and a note, when it is not installed.
    static func path(_ name: String) -> String? {
        let path = directories.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        if path == nil { BenchDesk.note("There is no \(name) to compare with. `make bench` installs it.") }
        return path
    }

    /// HTTP/2 (nghttp2), the fastest client of a gRPC server that is at hand.
    static var h2load: LoadProgram? {
        path("h2load").map { LoadProgram(path: $0, before: " ", after: " req/s") }
    }

    /// grpc-swift's own client, one of Tests/Peers.
    static var grpcSwift: LoadProgram? {
        let path = PeerServer.path("peer-grpc-load")
        return path.map { LoadProgram(path: $0, before: " ", after: " req/s") }
    }

    /// HTTP/1.1.
    static var wrk: LoadProgram? {
        path("wrk").map { LoadProgram(path: $0, before: "Requests/sec:", after: "\n") }
    }

    /// Redis' own; `--csv` is given by the caller.
    static var redisBenchmark: LoadProgram? {
        path("redis-benchmark").map { LoadProgram(path: $0, before: "\"GET\",\"", after: "\"") }
    }

    /// Runs it.
    /// - Returns: answers a second.
    func rate(_ arguments: [String]) throws -> Double {
        let text = try run(arguments)
        guard let first = text.range(of: before),
            let end = text.range(of: after, range: first.upperBound..<text.endIndex),
            let start = text.range(of: before, options: .backwards, range: text.startIndex..<end.lowerBound),
            let rate = Double(text[start.upperBound..<end.lowerBound].trimmingCharacters(in: .whitespaces)), rate > 0
        else { throw BenchError("\(path) tells no rate.", cause: text) }
        return rate
    }

    /// - Returns: what it prints.
    @discardableResult
    func run(_ arguments: [String]) throws -> String {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError("\(path) fails.", cause: text) }
        return text
    }
}
