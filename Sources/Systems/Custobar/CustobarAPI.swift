import Foundation

/// Calls Custobar's interface (custobar.com/docs/api). Its keys have had three ways of being shown; which one is a setting.
struct CustobarAPI: Sendable {
    let client: SystemClient
    let base: String
    /// `Bearer`, `Token` or `Basic`.
    let scheme: String
    /// Where the key is read, anew for each call; for Basic it is USER:PASSWORD.
    let keyPlace: String
    let credentials: CredentialFiles

    func get(_ url: String, deadline: Duration, retries: Int = 0) async throws(SystemsError) -> SystemReply {
        try await client.send(
            SystemCall(
                .get, url, headers: try headers(), deadline: deadline, retriesMax: retries,
                answerBytesMax: HTTPLimits.answerBytesMax))
    }

    /// Tells it something. Its imports change only what is sent, by the ids of what is sent, so that telling it twice does no more
    /// than telling it once. What is said of an import is nowhere read, but that it is JSON as all of its answers are: a page of
    /// somebody between here and there is none, and nothing was told then.
    /// - Throws: ``SystemsError`` `broken` for that page.
    func upload(_ path: String, _ body: JSONText) async throws(SystemsError) {
        var call = SystemCall(
            .post, URLText.join(base, path), headers: try headers(), isSafe: true, deadline: .seconds(30))
        call.setJSON(body)
        let reply = try await client.send(call)
        guard case .object = try reply.json().value else { throw reply.broken("It is no JSON object.") }
    }

    private func headers() throws(SystemsError) -> [(String, String)] {
        let key = try credentials.read(keyPlace).text
        let shown = scheme == "Basic" ? Data(key.utf8).base64EncodedString() : key
        return [("Accept", "application/json"), ("Authorization", "\(scheme) \(shown)")]
    }
}

/// The bounds of what is asked of Custobar.
enum CustobarLimits {
    /// Customers of a page; Custobar gives at most 10,000.
    static let pageRows = 1_000
    /// How long a till waits for a customer's benefits.
    static let benefitsDeadline = Duration.seconds(3)
    /// Mailing lists of a customer.
    static let listsMax = 64
}
