import Foundation

/// What every call to Vipps says of the sales unit, and the token that most of them need.
struct VippsAccount: Sendable {
    /// Each field of the system's name has at most 30 characters (vippsas/vipps-developers, "HTTP headers").
    private static let product: [(String, String)] = [
        ("Vipps-System-Name", "Countertop"), ("Vipps-System-Version", "0.1.0"),
        ("Vipps-System-Plugin-Name", "countertop-edge"), ("Vipps-System-Plugin-Version", "0.1.0"),
    ]

    let client: SystemClient
    let base: String
    private let clientID: String
    private let secretPlace: String
    private let keyPlace: String
    private let serialNumber: String
    private let credentials: CredentialFiles
    private let keeper: TokenKeeper
    private let now: @Sendable () -> FeedTime

    init(_ settings: SystemSettings, _ client: SystemClient, _ tools: ConnectorTools) {
        self.client = client
        base = settings.text("url")
        clientID = settings.text("client_id")
        secretPlace = settings.text("client_secret")
        keyPlace = settings.text("subscription_key")
        serialNumber = settings.text("merchant_serial_number")
        credentials = tools.credentials
        now = tools.now
        let request = TokenRequest(
            client: client, url: URLText.join(base, settings.text("paths.token")), clientID: clientID,
            secretPlace: secretPlace, keyPlace: keyPlace, serialNumber: serialNumber, credentials: credentials)
        keeper = TokenKeeper(
            uptime: { tools.now().uptime }, fetch: { () async throws(SystemsError) in try await request.send() })
    }

    /// Makes a call with the access token and the subscription key. A token that is not taken is renewed once.
    func send(_ call: SystemCall) async throws(SystemsError) -> SystemReply {
        var call = call
        call.headers += try subscription() + Self.product
        return try await BearerClient(client, keeper, now: now).send(call)
    }

    /// A token, to see that one is given.
    func probe() async throws(SystemsError) { _ = try await keeper.token() }

    /// The header of calls that are made under the client's own name (RFC 7617).
    func basic() throws(SystemsError) -> [(String, String)] {
        let secret = try credentials.read(secretPlace)
        let pair = Data("\(clientID):\(secret.text)".utf8).base64EncodedString()
        return [("Authorization", "Basic \(pair)"), ("Merchant-Serial-Number", serialNumber)] + Self.product
    }

    private func subscription() throws(SystemsError) -> [(String, String)] {
        let key = try credentials.read(keyPlace)
        return [("Ocp-Apim-Subscription-Key", key.text), ("Merchant-Serial-Number", serialNumber)]
    }

    /// `POST /accesstoken/get`: the keys stand in the headers, the body is empty. A token is good for an hour in tests and a day in
    /// production; several may be good at once, so asking twice does no harm.
    private struct TokenRequest: Sendable {
        let client: SystemClient
        let url: String
        let clientID: String
        let secretPlace: String
        let keyPlace: String
        let serialNumber: String
        let credentials: CredentialFiles

        func send() async throws(SystemsError) -> AccessToken {
            var call = SystemCall(.post, url, isSafe: true, expected: [400, 401], retriesMax: 1)
            call.headers =
                [
                    ("Accept", "application/json"), ("client_id", clientID),
                    ("client_secret", try credentials.read(secretPlace).text),
                    ("Ocp-Apim-Subscription-Key", try credentials.read(keyPlace).text),
                    ("Merchant-Serial-Number", serialNumber),
                ] + VippsAccount.product
            let reply = try await client.send(call)
            guard reply.status < 300 else {
                let error = SystemsError(
                    .refused,
                    "\(client.name) gives no token. Check client_id, merchant_serial_number, the secret in \(secretPlace) and "
                        + "the key in \(keyPlace): all four are of one sales unit, and of test or production.",
                    cause: (["status \(reply.status)"] + [reply.refusalCode].compactMap(\.self)).joined(separator: ", ")
                )
                client.note(error)
                throw error
            }
            return try ClientCredentials.read(reply)
        }
    }
}
