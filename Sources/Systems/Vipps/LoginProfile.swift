package import Customers
package import Foundation

/// What a customer let be told, by the claims of the scopes (Login API, "Scopes").
package struct LoginProfile: Sendable, Equatable {
    /// A consent that the customer gave or did not give.
    package struct Consent: Sendable, Equatable {
        /// `email`, `sms`, `digital`, `personal`, or another word of the sales unit's own.
        package var id: String
        package var accepted: Bool
        package var text: String
    }

    /// The customer's identity for this sales unit; it stays the same.
    package var subject: String
    package var name: String
    package var firstName: String
    package var familyName: String
    /// E.164, with its plus sign.
    package var phone: String
    /// Always verified; empty when it was not asked for.
    package var email: String
    package var language: String
    package var consents: [Consent]
    /// When the consents were given; `nil` when none were asked for.
    package var consentedAt: Date?

    init(subject: String, name: String, firstName: String, familyName: String = "", phone: String, email: String = "") {
        self.subject = subject
        self.name = name
        self.firstName = firstName
        self.familyName = familyName
        self.phone = phone
        self.email = email
        (language, consents) = ("", [])
    }

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

    /// The permissions that the consents are, with text and time. The words of the replica stand for those it knows.
    /// - Parameters:
    ///   - membershipText: what the customer agreed to by enrolling; empty when the configuration says none.
    ///   - now: the time of a consent that says none.
    package func permissions(membershipText: String, now: Date) -> [Permission] {
        let time = consentedAt ?? now
        var permissions = [
            Permission(name: "membership", granted: true, consentText: membershipText, changedAt: time)
        ]
        for consent in consents {
            let name = consent.id == "personal" ? "profiling" : consent.id
            permissions.append(
                Permission(
                    name: String(name.prefix(CustomersLimits.permissionNameBytesMax)), granted: consent.accepted,
                    consentText: Self.cut(consent.text, CustomersLimits.consentBytesMax), changedAt: time))
        }
        return Array(permissions.prefix(CustomersLimits.permissionsMax))
    }

    /// A text of at most so many bytes of UTF-8.
    private static func cut(_ text: String, _ bytesMax: Int) -> String {
        var text = text
        while text.utf8.count > bytesMax {
            text = String(text.prefix(text.count - max(1, (text.utf8.count - bytesMax) / 4)))
        }
        return text
    }
}
