/// Gets a token by OAuth's client credentials (RFC 6749, section 4.4).
struct ClientCredentials: Sendable {
    let client: SystemClient
    let url: String
    let clientID: String
    let scope: String
    /// Where the secret is read, anew for each token.
    let secretPlace: String
    let credentials: CredentialFiles

    func token() async throws(SystemsError) -> AccessToken {
        var call = SystemCall(
            .post, url, headers: [("Accept", "application/json")], isSafe: true, expected: [400, 401])
        let secret = try credentials.read(secretPlace)
        var fields = [
            ("grant_type", "client_credentials"), ("client_id", clientID), ("client_secret", secret.text),
        ]
        if !scope.isEmpty { fields.append(("scope", scope)) }
        call.setForm(fields)
        let reply = try await client.send(call)
        guard reply.status < 300 else {
            let error = refusal(reply)
            client.note(error)
            throw error
        }
        return try Self.read(reply)
    }

    /// RFC 6749, section 5.1. Numbers may come as texts.
    static func read(_ reply: SystemReply) throws(SystemsError) -> AccessToken {
        let node = try reply.json()
        guard case .text(let token)? = node["access_token"]?.value, !token.isEmpty else {
            throw reply.broken("It holds no access_token.")
        }
        let life = node["expires_in"]?.plainText.flatMap { Double($0) }.map { Duration.seconds(min(max(0, $0), 1e9)) }
        return AccessToken(Secret(token), life: life ?? SystemCallLimits.tokenLifeStandard)
    }

    /// RFC 6749, section 5.2.
    private func refusal(_ reply: SystemReply) -> SystemsError {
        let code = reply.refusalCode
        let words =
            switch code {
            case "invalid_client": "Its client_id or the secret in \(secretPlace) is wrong."
            case "invalid_scope": "It does not know the scope, or does not give it to this client. Check scope."
            case "unauthorized_client", "unsupported_grant_type":
                "It does not give this client tokens for itself. Have it allowed there."
            default: "Check client_id, the secret in \(secretPlace), and scope."
            }
        return SystemsError(
            .refused, "\(client.name) gives no token. \(words)",
            cause: (["status \(reply.status)"] + [code].compactMap(\.self)).joined(separator: ", "))
    }
}
