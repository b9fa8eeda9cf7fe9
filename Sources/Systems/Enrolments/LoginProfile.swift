package import Customers
package import Foundation

/// What a customer let be told.
package struct LoginProfile: Sendable, Equatable {
    /// A consent that the customer gave or did not give.
    package struct Consent: Sendable, Equatable {
        /// `email`, `sms`, `digital`, `personal`, or another word of the system's own.
        package var id: String
        package var accepted: Bool
        package var text: String
    }

    /// The customer's identity at the system for this store; it stays the same.
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

    /// - Parameters:
    ///   - phone: E.164, with its plus sign.
    ///   - email: verified; empty when it was not asked for.
    package init(
        subject: String, name: String, firstName: String, familyName: String = "", phone: String, email: String = ""
    ) {
        self.subject = subject
        self.name = name
        self.firstName = firstName
        self.familyName = familyName
        self.phone = phone
        self.email = email
        (language, consents) = ("", [])
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
