import Foundation

/// The claims of the scopes (Login API, "Scopes").
extension LoginProfile {
    init?(_ node: JSONNode) {
        guard let subject = node["sub"]?.plainText, !subject.isEmpty, let number = node["phone_number"]?.plainText
        else {
            return nil
        }
        let digits = number.filter { $0 != "+" && $0 != " " }
        guard (7...15).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        let (given, family) = (node["given_name"]?.plainText ?? "", node["family_name"]?.plainText ?? "")
        let whole = node["name"]?.plainText ?? [given, family].filter { !$0.isEmpty }.joined(separator: " ")
        self.init(
            subject: subject, name: whole, firstName: given, familyName: family, phone: "+\(digits)",
            email: node["email"]?.plainText ?? "")
        for claim in ["delegatedConsents", "customFlow"] {
            guard let consents = node[claim] else { continue }
            take(consents)
        }
    }

    private mutating func take(_ node: JSONNode) {
        language = node["language"]?.plainText.map { String($0.prefix(8)).lowercased() } ?? language
        consentedAt = node["timeOfConsent"]?.plainText.flatMap { FieldText.time($0) } ?? consentedAt
        let whole = [node["heading"], node["text"]].compactMap { $0?.plainText }.joined(separator: "\n")
        guard case .list(let nodes)? = node["consents"]?.value else { return }
        for consent in nodes {
            guard let id = consent["id"]?.plainText, !id.isEmpty else { continue }
            var accepted = false
            if case .bool(let flag)? = consent["accepted"]?.value { accepted = flag }
            let shown = consent["textDisplayedToUser"]?.plainText ?? ""
            consents.append(
                Consent(
                    id: id, accepted: accepted, text: [whole, shown].filter { !$0.isEmpty }.joined(separator: "\n")))
        }
    }
}
