import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// The reference server of a change feed, `Server/feed_server.py`, on a port of its own; gone with the test.
final class FeedServer: Sendable {
    static let token = "s3cret-token"

    private let process = Process()
    /// The server ends with its standard input, whatever becomes of the test.
    private let input = Pipe()
    let base: String

    /// Starts it, and waits until it says its port.
    init() async throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-B", file.appending(path: "Server/feed_server.py").path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let handle = output.fileHandleForReading
        let line = await withCheckedContinuation { done in
            let thread = Thread {
                var line = Data()
                while line.last != 0x0A, case let more = handle.availableData, !more.isEmpty { line += more }
                done.resume(returning: line)
            }
            thread.start()
        }
        base = "http://127.0.0.1:" + String(decoding: line.dropLast(), as: UTF8.self)
    }

    deinit { process.terminate() }

    var url: String { base + "/customers" }

    /// Adds changes.
    func add(_ rows: [String]) async throws { try await put("/rows", rows.joined(separator: "\n")) }

    /// Says what the next answers are to be.
    func misbehave(_ misdeeds: String...) async throws {
        try await put("/next", String(decoding: JSONEncoder().encode(misdeeds), as: UTF8.self))
    }

    struct Asked: Decodable {
        let path: String
        let query: [String: [String]]
        let headers: [String: String]
    }

    func requests() async throws -> [Asked] {
        let answer = try await HTTPClient.shared.execute(
            HTTPClientRequest(url: base + "/requests"), timeout: .seconds(120))
        return try JSONDecoder().decode(
            [Asked].self, from: Data((try await answer.body.collect(upTo: 1_000_000)).readableBytesView))
    }

    private func put(_ path: String, _ text: String) async throws {
        var request = HTTPClientRequest(url: base + path)
        request.method = .PUT
        request.body = .bytes(ByteBuffer(string: text))
        _ = try await HTTPClient.shared.execute(request, timeout: .seconds(120)).body.collect(upTo: 1_000)
    }
}
