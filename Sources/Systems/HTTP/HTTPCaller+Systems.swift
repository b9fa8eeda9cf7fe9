import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension HTTPCaller {
    /// Makes a call to a system, once.
    /// - Parameters:
    ///   - system: the system's name, for messages.
    ///   - time: for the whole answer.
    /// - Throws: ``SystemsError``: `unavailable` when nothing was sent, or nothing that matters; `outcomeUnknown` when no answer
    ///   came to a call that is not safe; `broken` for one that is too large.
    func send(_ call: SystemCall, system: String, time: Duration) async throws(SystemsError) -> SystemReply {
        guard time > .zero else {
            throw SystemsError(.unavailable, "\(system) was not asked: the time for it is over.")
        }
        let sending = Task { try await self.carryOut(call, system) }
        let clock = Task {
            try await Task.sleep(for: time)
            sending.cancel()
        }
        defer { clock.cancel() }
        let result = await withTaskCancellationHandler {
            await sending.result
        } onCancel: {
            sending.cancel()
        }
        switch result {
        case .success(let reply): return reply
        case .failure(let error): throw Self.failure(error, of: call, system)
        }
    }

    private func carryOut(_ call: SystemCall, _ system: String) async throws -> SystemReply {
        var request = HTTPClientRequest(url: call.url)
        request.method = HTTPMethod(rawValue: call.method.rawValue)
        request.headers = HTTPHeaders(call.headers)
        if !request.headers.contains(name: "user-agent") {
            request.headers.add(name: "User-Agent", value: "countertop")
        }
        if !call.body.isEmpty { request.body = .bytes(ByteBuffer(bytes: call.body)) }
        // The deadline is kept outside: this bound only ends what is forgotten.
        let response = try await open().execute(request, timeout: .seconds(HTTPLimits.answerSeconds))
        let status = Int(response.status.code)
        let isRead = (200..<300).contains(status) || call.expected.contains(status)
        var headers: [String: String] = [:]
        for (name, value) in response.headers { headers[name.lowercased()] = value }
        let body: [UInt8]
        if isRead {
            body = Array(try await response.body.collect(upTo: call.answerBytesMax).readableBytesView)
        } else {
            // A refusal that is too long, or breaks off, is a refusal still.
            let collected = try? await response.body.collect(upTo: SystemCallLimits.refusalBytesMax)
            body = collected.map { Array($0.readableBytesView) } ?? []
        }
        return SystemReply(status: status, headers: headers, body: body, system: system)
    }

    private static func failure(_ error: any Error, of call: SystemCall, _ system: String) -> SystemsError {
        if let error = error as? SystemsError { return error }
        if error is NIOTooManyBytesError {
            return SystemsError(
                .broken, "\(system) answered with more than \(call.answerBytesMax) bytes, and nothing of it was taken.")
        }
        let cause = cause(error)
        if let error = error as? NIOSSLError, case .handshakeFailed = error {
            return SystemsError(
                .unavailable,
                "\(system) cannot prove who it is: the TLS handshake failed. Check its url, and this machine's clock and "
                    + "certificates.", cause: cause)
        }
        guard call.isSafe || isBeforeSending(error) else {
            return SystemsError(
                .outcomeUnknown,
                "\(system) did not say whether it did what it was told. That is found out before it is told again.",
                cause: cause)
        }
        return SystemsError(.unavailable, "\(system) cannot be reached, or broke off.", cause: cause)
    }

    static func cause(_ error: any Error) -> String {
        if error is CancellationError { return "no answer in time" }
        if let error = error as? IOError { return String(cString: strerror(error.errnoCode)) }
        if let error = error as? NIOConnectionError {
            guard let first = error.connectionErrors.first else { return "the name \(error.host) is not known" }
            return "\(error.host):\(error.port), \(cause(first.error))"
        }
        return (error as? HTTPClientError)?.shortDescription ?? "\(type(of: error))"
    }

    /// What connect(2) says of one that listens to nobody.
    private static let unreachable: Set<CInt> = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN]

    /// Whether nothing of the request can have reached the system.
    private static func isBeforeSending(_ error: any Error) -> Bool {
        if error is NIOConnectionError { return true }
        if let error = error as? IOError { return unreachable.contains(error.errnoCode) }
        guard let error = error as? HTTPClientError else { return false }
        return [.connectTimeout, .getConnectionFromPoolTimeout, .alreadyShutdown, .emptyHost, .invalidURL].contains(
            error)
    }
}
