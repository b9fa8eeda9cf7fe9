extension SampleStore {
    /// Something a person can scan or type, and what comes of it.
    package struct Trial: Sendable, Equatable {
        package let code: String
        /// What the code is.
        package let what: String

        package init(code: String, what: String) {
            self.code = code
            self.what = what
        }
    }

    /// Kari Nordås's card, as a QR code on her phone holds it.
    package static let kariCard = "CU00000KARINORDAS"
    /// Her plastic card: EAN-13 in the range that shops give their own numbers.
    package static let kariPlasticCard = ean13(body: "210000000000")
    package static let kariPhone = "+4799000001"
    /// A number that Olena and Yurij Shevchuk share.
    package static let sharedPhone = "+380500000001"
    /// Olena Shevchuk's card.
    package static let olenaCard = "CU0SHEVCHUK10001"
    /// A product's number, of a pencil.
    package static let product = "4006381333931"
    /// A code that nobody has.
    package static let unknown = "CU99999NOBODY"

    /// What to try, in this order.
    package static let tryThese = [
        Trial(code: kariCard, what: "the customer card of Kari Nordås, as a QR code"),
        Trial(code: kariPlasticCard, what: "her plastic card"),
        Trial(code: "990 00 001", what: "her phone number, as a cashier types it"),
        Trial(code: "kari.nordas@example.com", what: "her e-mail address"),
        Trial(code: sharedPhone, what: "a phone number that two customers share"),
        Trial(code: product, what: "a product"),
        Trial(code: unknown, what: "a code that nobody has"),
    ]

    /// The customers of ``tryThese``, in front of all others.
    static let named = [
        CustomerRecord(
            key: "10000", name: "Kari Nordås", firstName: "Kari", language: "nb",
            identifiers: [
                Identifier(type: .customerCard, value: kariCard),
                Identifier(type: .customerCard, value: kariPlasticCard), Identifier(type: .phone, value: kariPhone),
                Identifier(type: .email, value: "kari.nordas@example.com"),
                Identifier(type: .linkedCard, value: "LIB00000000"), Identifier(type: .externalID, value: "10000"),
            ],
            groupIDs: ["gold", "bonus"], loyalty: Loyalty(bonusesHundredths: 12_350),
            permissions: [
                Permission(
                    name: "email", granted: true, consentText: "News and offers by e-mail.", changedAt: changedAt),
                Permission(
                    name: "sms", granted: false, consentText: "News and offers by SMS.", changedAt: changedAt),
            ], changedAt: changedAt),
        shevchuk(key: "10001", name: "Олена Шевчук", firstName: "Олена"),
        shevchuk(key: "10002", name: "Юрій Шевчук", firstName: "Юрій"),
    ]

    private static func shevchuk(key: String, name: String, firstName: String) -> CustomerRecord {
        CustomerRecord(
            key: key, name: name, firstName: firstName, language: "uk",
            identifiers: [
                Identifier(type: .customerCard, value: "CU0SHEVCHUK\(key)"),
                Identifier(type: .phone, value: sharedPhone), Identifier(type: .externalID, value: key),
            ],
            groupIDs: ["bonus"], loyalty: Loyalty(bonusesHundredths: 4_200), changedAt: changedAt)
    }
}
