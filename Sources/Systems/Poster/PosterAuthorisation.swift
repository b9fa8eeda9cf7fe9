import Foundation

/// Poster's OAuth (joinposter/docs, "Authorization"): the account's owner agrees in a browser, and the code it comes back with is
/// exchanged for a token, which is good for two years.
struct PosterAuthorisation: Sendable {
    private let applicationID: String?
    private let secretPlace: String
    private let redirect: String
    private let account: String
    private let configuredURL: String?
    private let tokenPlace: String
    private let credentials: CredentialFiles
    private let now: @Sendable () -> FeedTime

    init(_ settings: SystemSettings, _ tools: ConnectorTools) {
        applicationID = settings.optionalText("oauth.application_id")
        secretPlace = settings.text("oauth.application_secret")
        redirect = settings.text("oauth.redirect_uri")
        account = settings.text("account")
        configuredURL = settings.optionalText("oauth.url")
        tokenPlace = settings.text("token")
        credentials = tools.credentials
        now = tools.now
    }

    /// - Throws: ``SettingFault`` for settings that are there in part, or an account that is no name.
    static func check(_ settings: SystemSettings) throws(SettingFault) {
        let needed = ["oauth.application_id", "oauth.application_secret", "oauth.redirect_uri", "account"]
        let missing = needed.filter { settings.optionalText($0) == nil }
        if missing.count < needed.count, let first = missing.first {
            throw SettingFault(
                missing.contains("account") ? "account" : "oauth", "An authorisation by OAuth needs \(first) too.")
        }
        // It becomes a part of an address.
        let account = settings.text("account")
        guard account.isEmpty || account.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9\-]{0,62}/) != nil else {
            throw SettingFault(
                "account", "'account' is a name of letters, digits and dashes: what stands before .joinposter.com.")
        }
    }

    private var base: String { configuredURL ?? "https://\(account).joinposter.com" }

    /// Where the account's owner agrees.
    var address: String? {
        guard let applicationID else { return nil }
        return URLText.join(
            base, "api/auth",
            query: [("application_id", applicationID), ("redirect_uri", redirect), ("response_type", "code")])
    }

    // MARK: The token's time

    /// When a token of OAuth is past its time; `nil` for a personal one, which has none.
    var end: Date? {
        guard applicationID != nil, let written = credentials.writtenAt(tokenPlace) else { return nil }
        return written.addingTimeInterval(Double(PosterLimits.tokenDays) * 86_400)
    }

    /// What is said when the token's time runs out.
    var warning: String? {
        guard let end else { return nil }
        let days = Int((end.timeIntervalSince(now().wall) / 86_400).rounded(.down))
        guard days < PosterLimits.tokenWarningDays else { return nil }
        let when = days < 0 ? "is past its time" : "is good for \(days) days more"
        return "The token of Poster's account \(account) \(when). Have it made anew: countertop systems authorise."
    }

    // MARK: The exchange

    func take(_ answer: String, _ client: SystemClient) async throws(SystemsError) -> String {
        guard let applicationID else {
            throw SystemsError(
                .settingsWrong, "An authorisation needs account and oauth in the settings of \(client.name).")
        }
        guard tokenPlace.hasPrefix("/") else {
            throw SystemsError(
                .settingsWrong,
                "The token is handed over by the service manager, so it cannot be written from here. Write the whole path of a "
                    + "file as token.")
        }
        let code = try code(in: answer)
        let parts = [
            ("application_id", applicationID), ("application_secret", try credentials.read(secretPlace).text),
            ("grant_type", "authorization_code"), ("redirect_uri", redirect), ("code", code),
        ]
        // A code is good once, so nothing is tried again.
        var call = SystemCall(
            .post, URLText.join(base, "api/v2/auth/access_token"), headers: [("Accept", "application/json")],
            isSafe: false, expected: [400, 401])
        call.setMultipart(parts)
        let reply: SystemReply
        do throws(SystemsError) {
            reply = try await client.send(call)
        } catch {
            guard error.code == .outcomeUnknown else { throw error }
            throw SystemsError(
                .unavailable, "Poster did not say whether it gives a token. Begin anew: a code is good once.",
                cause: error.cause)
        }
        guard reply.status < 300, let token = try reply.json()["access_token"]?.plainText, !token.isEmpty else {
            throw SystemsError(
                .refused,
                "Poster gives no token for this code. A code is good once and not for long: begin anew. Check application_id, "
                    + "the secret in \(secretPlace), and redirect_uri, which is the application's at Poster.",
                cause: reply.refusalCode.map { "status \(reply.status), \($0)" } ?? "status \(reply.status)")
        }
        try credentials.write(Secret(token), to: tokenPlace)
        return
            "The token is in \(tokenPlace), and is good for two years. countertop systems check \(client.name) tries it."
    }

    /// The code in the address that the browser ended at.
    private func code(in answer: String) throws(SystemsError) -> String {
        let items = URLComponents(string: answer.trimmingSpaces)?.queryItems ?? []
        let value = { (name: String) in items.first { $0.name == name }?.value }
        if let error = value("error") {
            let word = error.wholeMatch(of: /[A-Za-z0-9_.\-]{1,64}/) == nil ? "" : " (\(error))"
            throw SystemsError(.refused, "Nobody agreed at Poster\(word). Open the address once more, and agree.")
        }
        guard let code = value("code"), code.wholeMatch(of: /[A-Za-z0-9]{8,128}/) != nil else {
            throw SystemsError(
                .refused,
                "The address holds no code. Give the whole one at which the browser ended, in quotation marks: it begins with "
                    + "\(redirect).")
        }
        if let other = value("account"), other != account {
            throw SystemsError(
                .refused, "The code is of another account than \(account). Log out at Poster, and agree as its owner.")
        }
        return code
    }
}
