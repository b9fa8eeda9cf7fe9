import Foundation

/// Calls Poster's interface (joinposter/docs, en/web): methods by name, the token in the query, `response` or `error` in the
/// answer, whatever its status.
struct PosterAPI: Sendable {
    let client: SystemClient
    let base: String
    /// Where the token is read, anew for each call.
    let tokenPlace: String
    let credentials: CredentialFiles

    func get(
        _ method: String, _ fields: [(String, String)] = [], deadline: Duration = .seconds(30), retries: Int = 0
    ) async throws(SystemsError) -> JSONNode {
        let call = SystemCall(
            .get, try url(method, fields), headers: [("Accept", "application/json")], deadline: deadline,
            retriesMax: retries, answerBytesMax: HTTPLimits.answerBytesMax)
        return try await send(call)
    }

    /// - Parameter isSafe: whether telling it twice does no more than telling it once.
    func post(
        _ method: String, _ fields: [(String, String)], isSafe: Bool
    ) async throws(SystemsError) -> JSONNode {
        var call = SystemCall(.post, try url(method, []), headers: [("Accept", "application/json")], isSafe: isSafe)
        call.setForm(fields)
        return try await send(call)
    }

    private func url(_ method: String, _ fields: [(String, String)]) throws(SystemsError) -> String {
        let token = try credentials.read(tokenPlace)
        return URLText.join(base, method, query: [("token", token.text)] + fields)
    }

    private func send(_ call: SystemCall) async throws(SystemsError) -> JSONNode {
        let reply = try await client.send(call)
        let root = try reply.json()
        if let error = root["error"] {
            let code = (error["code"] ?? error).plainText.flatMap { Int($0) } ?? -1
            let refusal = Self.refusal(code, client.name, tokenPlace)
            client.note(refusal)
            throw refusal
        }
        guard let response = root["response"] else { throw reply.broken("It has no response.") }
        return response
    }

    /// The errors of Poster's documentation.
    static func refusal(_ code: Int, _ name: String, _ tokenPlace: String) -> SystemsError {
        let cause = "error \(code)"
        switch code {
        case 10, 11:
            return SystemsError(
                .refused,
                "\(name) does not know the token. Check \(tokenPlace): it is ACCOUNT:HASH, as Poster shows it.",
                cause: cause)
        case 12:
            return SystemsError(
                .refused, "The token of \(name) is past its time, which is two years. Have Poster make another one.",
                cause: cause)
        case 20, 54:
            return SystemsError(
                .refused, "\(name) does not allow this with its token. Give the integration its rights in Poster.",
                cause: cause)
        case 700:
            // Poster says no figure.
            return SystemsError(
                .throttled, "\(name) is asked too often.", cause: cause, retryAfter: PosterLimits.throttledPause)
        case 32, 404:
            return SystemsError(.refused, "\(name) knows nobody with that id.", cause: cause, isAnswer: true)
        default: return SystemsError(.refused, "\(name) does not take the request.", cause: cause, isAnswer: true)
        }
    }
}

/// The bounds of what is asked of Poster.
enum PosterLimits {
    /// Clients of a page. Without a number all would come at once.
    static let pageRows = 1_000
    /// How long it is left alone when it says that it is asked too often.
    static let throttledPause = Duration.seconds(60)
    /// The time for one client: a till may wait for it.
    static let clientDeadline = Duration.seconds(4)
    /// Clients who wait to be read again after a sale, and how many are read at once.
    static let wantedMax = 1_000
    static let wantedAtOnce = 20
    /// Clients without a phone number that are remembered for the list of those who get no card.
    static let skippedMax = 10_000
    /// Of these, how many a check names by their ids.
    static let skippedNamed = 20
    /// How long a token of OAuth is good (Poster, "Authorization"), and how long before its end it is told.
    static let tokenDays = 730
    static let tokenWarningDays = 30
}
