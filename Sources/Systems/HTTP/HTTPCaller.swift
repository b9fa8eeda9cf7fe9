import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// Asks change feeds and systems over HTTP. All of a store share one.
package final class HTTPCaller: Sendable {
    private struct State {
        var client: HTTPClient?
        var isClosed = false
    }

    /// A client that nobody needed was never made, and need not be closed.
    private let state = Mutex(State())

    package init() {}

    deinit {
        // Whoever forgot to close it, or failed before: a client that is not shut down ends the process in a debug build.
        state.withLock { $0.client }?.shutdown { _ in }
    }

    private static func makeClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(
                connect: .seconds(HTTPLimits.connectSeconds), read: .seconds(HTTPLimits.silenceSeconds)))
        configuration.httpVersion = .http1Only
        // Whoever asks has pauses of his own, and wants to know at once that nobody was reached.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.idleTimeout = .seconds(HTTPLimits.idleSeconds)
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Ends what is under way. Nothing can be asked afterwards.
    package func close() async {
        let client = state.withLock { state in
            state.isClosed = true
            defer { state.client = nil }
            return state.client
        }
        try? await client?.shutdown()
    }

    func open() throws -> HTTPClient {
        try state.withLock { state in
            guard !state.isClosed else { throw HTTPClientError.alreadyShutdown }
            let client = state.client ?? Self.makeClient()
            state.client = client
            return client
        }
    }

    /// - Parameter name: the address's host, for messages.
    /// - Throws: ``SystemsError`` `unavailable` when no whole answer comes, `broken` when it is too large.
    func get(
        _ url: String, headers: [(String, String)], name: String
    ) async throws(SystemsError) -> (answer: HTTPAnswer, body: [UInt8]) {
        do {
            return try await ask(url, headers)
        } catch {
            if error is NIOTooManyBytesError {
                throw SystemsError(
                    .broken,
                    "\(name) answered with more than \(HTTPLimits.answerBytesMax) bytes. Let it give smaller pages.")
            }
            throw SystemsError(
                .unavailable, "\(name) cannot be reached, or broke off. It is asked again.",
                cause: Self.cause(error))
        }
    }

    private func ask(
        _ url: String, _ headers: [(String, String)]
    ) async throws -> (answer: HTTPAnswer, body: [UInt8]) {
        var request = HTTPClientRequest(url: url)
        request.headers = HTTPHeaders(headers)
        let response = try await open().execute(request, timeout: .seconds(HTTPLimits.answerSeconds))
        let answer = HTTPAnswer(
            status: Int(response.status.code), contentType: response.headers.first(name: "content-type") ?? "",
            tag: response.headers.first(name: "etag") ?? "",
            retryAfter: response.headers.first(name: "retry-after") ?? "")
        // The body of a refusal is a stranger's text, and serves nobody.
        guard answer.status == 200 else { return (answer, []) }
        let body = try await response.body.collect(upTo: HTTPLimits.answerBytesMax)
        return (answer, Array(body.readableBytesView))
    }
}
