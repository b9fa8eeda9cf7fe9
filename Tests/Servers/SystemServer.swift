import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// A system outside for the tests, `NAME_server.py` beside this file, on a port of its own; gone with the test.
package final class SystemServer: Sendable {
    private let process = Process()
    /// The server ends with its standard input, whatever becomes of the test.
    private let input = Pipe()
    package let base: String
    private let isSnakeCase: Bool
    /// For the test's own calls; one that knows no certificate and asks for none where the server has one.
    private let client: HTTPClient
    private let ownsClient: Bool

    /// Starts it, and waits until it says its port.
    /// - Parameters:
    ///   - tls: whether it has a certificate, one that nobody knows.
    ///   - snakeCase: whether its state has names with underscores in the place of capitals.
    package init(_ name: String, tls: Bool = false, snakeCase: Bool = false) async throws {
        isSnakeCase = snakeCase
        ownsClient = tls
        client = tls ? Self.trustingClient() : HTTPClient.shared
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["python3", "-B", folder.appending(path: "\(name)_server.py").path] + (tls ? ["--tls"] : [])
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
        let port = String(decoding: line.dropLast(), as: UTF8.self)
        base = tls ? "https://localhost:\(port)" : "http://127.0.0.1:\(port)"
    }

    deinit {
        process.terminate()
        if ownsClient { client.shutdown { _ in } }
    }

    private static func trustingClient() -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateVerification = .none
        return HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: HTTPClient.Configuration(tlsConfiguration: tls))
    }

    /// Says what the next answers are to be, one each; "" is an honest one.
    package func misbehave(_ misdeeds: String...) async throws { try await put("next", misdeeds) }

    /// Cuts every connection without an answer from now on, or no more.
    package func setDown(_ isDown: Bool) async throws { try await put("down", isDown) }

    /// Merges into the system's state.
    package func setState(_ state: some Encodable) async throws { try await put("state", state) }

    /// How often it was asked while it was down.
    package func cuts() async throws -> Int { try JSONDecoder().decode(Int.self, from: try await get("cut")) }

    /// The system's books.
    package func state<State: Decodable>(_ type: State.Type = State.self) async throws -> State {
        let decoder = JSONDecoder()
        if isSnakeCase { decoder.keyDecodingStrategy = .convertFromSnakeCase }
        return try decoder.decode(State.self, from: try await get("state"))
    }

    package struct Asked: Decodable, Sendable {
        package let method: String
        package let path: String
        package let query: [String: [String]]
        package let headers: [String: String]
        package let body: String
    }

    /// Sends something to it, as another system would.
    /// - Returns: the status of its answer.
    @discardableResult
    package func send(
        _ body: String, to target: String, headers: [(String, String)] = []
    ) async throws -> Int {
        var request = HTTPClientRequest(url: base + target)
        request.method = .POST
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        request.body = .bytes(ByteBuffer(string: body))
        let answer = try await client.execute(request, timeout: .seconds(120))
        _ = try await answer.body.collect(upTo: 100_000)
        return Int(answer.status.code)
    }

    /// Opens an address of it as a browser does, whose owner does what the server takes for agreeing.
    /// - Returns: the address to which it is led; `nil` when it is led nowhere.
    package func browse(_ address: String) async throws -> String? {
        let browser = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: HTTPClient.Configuration(redirectConfiguration: .disallow))
        do {
            let answer = try await browser.execute(HTTPClientRequest(url: address), timeout: .seconds(120))
            let place = answer.headers.first(name: "Location")
            _ = try await answer.body.collect(upTo: 100_000)
            try await browser.shutdown()
            return place
        } catch {
            try? await browser.shutdown()
            throw error
        }
    }

    /// What was asked so far, in its order.
    package func requests() async throws -> [Asked] {
        try JSONDecoder().decode([Asked].self, from: try await get("requests"))
    }

    private func get(_ path: String) async throws -> Data {
        let request = HTTPClientRequest(url: base + "/-/" + path)
        let answer = try await client.execute(request, timeout: .seconds(120))
        return Data(try await answer.body.collect(upTo: 100_000_000).readableBytesView)
    }

    private func put(_ path: String, _ value: some Encodable) async throws {
        var request = HTTPClientRequest(url: base + "/-/" + path)
        request.method = .PUT
        let encoder = JSONEncoder()
        if isSnakeCase { encoder.keyEncodingStrategy = .convertToSnakeCase }
        request.body = .bytes(ByteBuffer(bytes: try encoder.encode(value)))
        _ = try await client.execute(request, timeout: .seconds(120)).body.collect(upTo: 1_000)
    }
}
