import Crypto
import Foundation

/// What Vipps MobilePay sends by itself (Webhooks API; Login API, "Webhooks"), as it comes through a relay.
struct VippsNotices: Sendable {
    /// Of a webhook's registration; `nil` when none is registered.
    private let webhookPlace: String?
    /// The last part of the path to which withdrawn consents are sent; `nil` when nothing is.
    private let consentPlace: String?
    private let credentials: CredentialFiles

    init(_ settings: SystemSettings, _ tools: ConnectorTools) {
        webhookPlace = settings.optionalText("relay.webhook_secret")
        consentPlace = settings.optionalText("relay.consent_secret")
        credentials = tools.credentials
    }

    /// What a notice says.
    enum Content: Equatable {
        /// The customer has answered a login.
        case loginAnswered(request: String)
        /// A customer takes the consent back; his identity for this sales unit.
        case consentWithdrawn(subject: String)
        /// Something else that Vipps proved to have sent.
        case other
    }

    /// - Returns: `nil` for what does not prove that Vipps sent it.
    func content(of notice: Notice) throws(SystemsError) -> Content? {
        if let subject = try withdrawn(notice) { return .consentWithdrawn(subject: subject) }
        guard let webhookPlace, Self.isProven(notice, by: try credentials.read(webhookPlace)), let body = notice.json
        else { return nil }
        guard let request = body["auth_req_id"]?.plainText, !request.isEmpty else { return .other }
        return .loginAnswered(request: request)
    }

    // MARK: Proofs

    /// The signature of a webhook (Webhooks API, "Request authentication"): over method, path and query, date, host and the
    /// digest of the body, under the secret as it is written.
    static func isProven(_ notice: Notice, by secret: Secret) -> Bool {
        guard let date = notice.headers["x-ms-date"], let host = notice.headers["host"],
            let content = notice.headers["x-ms-content-sha256"], let shown = notice.headers["authorization"],
            content == Data(SHA256.hash(data: notice.body)).base64EncodedString(),
            let signature = shown.wholeMatch(
                of: /HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=([A-Za-z0-9+\/=]+)/),
            let given = Data(base64Encoded: String(signature.output.1))
        else { return false }
        let signed = "\(notice.method)\n\(notice.target)\n\(date);\(host);\(content)"
        return HMAC<SHA256>.isValidAuthenticationCode(
            given, authenticating: Data(signed.utf8), using: SymmetricKey(data: Data(secret.text.utf8)))
    }

    /// Who takes his consent back. The token that says so is signed by nobody (`alg` is `none`), so that only the path it came to,
    /// which Vipps alone was told, is a proof.
    private func withdrawn(_ notice: Notice) throws(SystemsError) -> String? {
        guard let consentPlace else { return nil }
        let secret = Array(try credentials.read(consentPlace).text.utf8)
        let path = notice.target.prefix { $0 != "?" }
        let last = Array((path.split(separator: "/").last ?? "").utf8)
        guard last.count == secret.count, zip(last, secret).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0 else { return nil }
        let parts = String(decoding: notice.body, as: UTF8.self).trimmingSpaces.split(
            separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Self.unarmoured(parts[1]),
            let claims = try? JSONLineParser.parse(payload[...], valuesMax: SystemsLimits.jsonValuesMax),
            let subject = claims["sub"]?.plainText, (1...NoticeLimits.idBytesMax).contains(subject.utf8.count)
        else { return nil }
        return subject
    }

    /// RFC 4648, section 5, without padding.
    private static func unarmoured(_ text: Substring) -> [UInt8]? {
        var text = text.replacing("-", with: "+").replacing("_", with: "/")
        while text.utf8.count % 4 != 0 { text += "=" }
        return Data(base64Encoded: String(text)).map { Array($0) }
    }
}

extension VippsConnector: NoticeReceiver {
    package func take(_ notice: Notice) async throws(SystemsError) -> NoticeOutcome {
        switch try notices.content(of: notice) {
        case nil: return .unproven
        case .loginAnswered(let request)?: tools.loginAnswered(request)
        case .consentWithdrawn(let subject)?:
            guard await tools.consentWithdrawn(client.name, subject, notice.receivedAt) else {
                throw SystemsError(
                    .unavailable,
                    "A consent was withdrawn, and the edge could not write it down. Check the edge's disk.")
            }
        case .other?: return .passedOver
        }
        return .taken
    }
}
