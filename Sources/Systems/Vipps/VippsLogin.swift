import Foundation
import Synchronization

/// Asks a customer on the phone (Login API, merchant-initiated login: OpenID CIBA), and fetches what the customer lets be told.
package struct VippsLogin: PhoneLogin {
    let scope: String
    let requestedExpiry: Int
    package let firstLook: Duration
    package let hasBinding: Bool
    package let asksAccount: Bool
    package let consentText: String
    let account: VippsAccount
    let existsURL: String
    private let discovery: VippsDiscovery

    init(_ settings: SystemSettings, _ account: VippsAccount, _ tools: ConnectorTools) {
        self.account = account
        scope = settings.text("scope")
        requestedExpiry = settings.integer("requested_expiry")
        firstLook = .seconds(settings.integer("first_look_seconds"))
        hasBinding = settings.flag("binding")
        asksAccount = settings.flag("asks_account")
        consentText = settings.text("consent_text")
        existsURL = URLText.join(account.base, settings.text("paths.user_exists"))
        discovery = VippsDiscovery(
            url: URLText.join(account.base, settings.text("paths.discovery")), client: account.client, now: tools.now)
    }

    func probe() async throws(SystemsError) {
        try await account.probe()
        _ = try await discovery.places()
    }

    package func hasAccount(_ phone: String) async throws(SystemsError) -> Bool {
        var call = SystemCall(.post, existsURL, headers: try account.basic(), isSafe: true, retriesMax: 1)
        call.headers.append(("Accept", "application/json"))
        call.setForm([("login_hint", Self.hint(phone))])
        let reply = try await account.client.send(call)
        guard case .bool(let exists)? = try reply.json()["exists"]?.value else {
            throw reply.broken("It does not say whether the account exists.")
        }
        return exists
    }

    package func start(_ phone: String, binding: String) async throws(SystemsError) -> LoginStart {
        let places = try await discovery.places()
        // A second question would ring the customer's phone twice.
        var call = SystemCall(
            .post, places.start, headers: try account.basic(), isSafe: false, expected: [400, 401, 403, 404, 409, 429])
        call.headers.append(("Accept", "application/json"))
        var fields = [
            ("scope", scope), ("login_hint", Self.hint(phone)), ("requested_expiry", "\(requestedExpiry)"),
        ]
        if !binding.isEmpty { fields.append(("binding_message", binding)) }
        call.setForm(fields)
        let reply = try await account.client.send(call)
        guard reply.status < 300 else { return .refused(LoginRefusal(reply, now: Date())) }
        let body = try reply.json()
        guard let request = body["auth_req_id"]?.plainText, !request.isEmpty,
            let life = body["expires_in"]?.plainText.flatMap({ Int($0) }), life > 0
        else { throw reply.broken("It holds no auth_req_id.") }
        let interval = body["interval"]?.plainText.flatMap { Int($0) } ?? 5
        return .asked(
            request: Secret(request), life: .seconds(min(life, 3_600)), interval: .seconds(min(max(1, interval), 60)))
    }

    package func poll(_ request: Secret) async throws(SystemsError) -> LoginPoll {
        let places = try await discovery.places()
        var call = SystemCall(
            .post, places.token, headers: try account.basic(), isSafe: true, expected: [400, 401, 403, 429])
        call.headers.append(("Accept", "application/json"))
        call.setForm([
            ("grant_type", "urn:openid:params:grant-type:ciba"), ("auth_req_id", request.text),
        ])
        let reply = try await account.client.send(call)
        guard reply.status < 300 else { return .refused(LoginRefusal(reply, now: Date())) }
        guard let token = try reply.json()["access_token"]?.plainText, !token.isEmpty else {
            throw reply.broken("It holds no access_token.")
        }
        return .agreed(token: Secret(token))
    }

    /// The token is good for some minutes, so it is asked for at once.
    package func profile(_ token: Secret) async throws(SystemsError) -> LoginProfile {
        let places = try await discovery.places()
        let call = SystemCall(
            .get, places.userInfo,
            headers: [("Authorization", "Bearer \(token.text)"), ("Accept", "application/json")], retriesMax: 3)
        let reply = try await account.client.send(call)
        guard let profile = LoginProfile(try reply.json()) else {
            throw reply.broken("It holds no sub and no phone_number.")
        }
        return profile
    }

    private static func hint(_ phone: String) -> String { "urn:msisdn:\(phone.dropFirst())" }
}
