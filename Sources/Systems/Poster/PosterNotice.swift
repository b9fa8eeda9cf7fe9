import Crypto
import Foundation

/// A webhook of Poster's (joinposter/docs, "Webhooks"). Its `verify` is an MD5 with the secret at its end, which proves little: a
/// notice is a hint, and the client is read again by the interface.
struct PosterNotice {
    let object: String
    let objectID: String
    let action: String
    private let signed: String
    private let verify: String

    /// - Returns: `nil` for another body, or one of another account.
    init?(_ body: JSONNode, account: String) {
        func text(_ name: String) -> String? { body[name]?.plainText }
        guard let own = text("account"), own == account, let object = text("object"), let objectID = text("object_id"),
            let action = text("action"), let time = text("time"), let verify = text("verify")
        else { return nil }
        self.object = object
        self.objectID = objectID
        self.action = action
        self.verify = verify.lowercased()
        // The documentation's words forget the time, and its sample has it. The data count as they came: as a text.
        signed = ([own, object, objectID, action] + [text("data")].compactMap(\.self) + [time]).joined(separator: ";")
    }

    /// Whether Poster made it.
    /// - Parameter secret: the application's.
    func isProven(by secret: Secret) -> Bool {
        let digest = Insecure.MD5.hash(data: Data("\(signed);\(secret.text)".utf8))
        let own = Array(digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined().utf8)
        let given = Array(verify.utf8)
        // Every byte is looked at, wherever the first difference is.
        return own.count == given.count && zip(own, given).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension PosterConnector: NoticeReceiver {
    package func take(_ notice: Notice) async throws(SystemsError) -> NoticeOutcome {
        guard let body = notice.json, let hint = PosterNotice(body, account: settings.text("account")) else {
            return .unproven
        }
        let secret = try tools.credentials.read(settings.text("oauth.application_secret"))
        guard hint.isProven(by: secret) else { return .unproven }
        switch hint.object {
        case "client" where hint.action == "removed", "clients_group", "loyalty_rule": source.listAgain()
        // A sale or a wallet changes a client's balance; the id is the client's.
        case "client", "client_payed_sum", "client_ewallet": source.refresh(hint.objectID, after: .zero)
        default: return .passedOver
        }
        return .taken
    }
}
