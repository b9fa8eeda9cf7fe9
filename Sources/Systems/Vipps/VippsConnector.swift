import Foundation

/// Vipps MobilePay's in-store customer club: personal QR codes, and enrolment by a login that the till starts
/// (developer.vippsmobilepay.com: QR API, Login API "merchant-initiated", Check-in API, Access token API).
package struct VippsConnector: Enroller, PersonalCodeSource {
    package static let kind = "vipps"

    package static let rules =
        [
            SettingRule(
                "url", .url, standard: "https://api.vipps.no",
                "the address of its interface, the same for both brands and all markets; https://apitest.vipps.no for tests."
            ),
            SettingRule("client_id", .text, isNeeded: true, "the sales unit's client_id."),
            SettingRule(
                "client_secret", .credential, isNeeded: true, "the sales unit's client_secret, in a file of its own."),
            SettingRule(
                "subscription_key", .credential, isNeeded: true,
                "the sales unit's Ocp-Apim-Subscription-Key, primary or secondary, in a file of its own."),
            SettingRule("merchant_serial_number", .text, isNeeded: true, "the sales unit's number (MSN)."),
            SettingRule(
                "scope", .text, standard: "openid name phoneNumber",
                "what is asked of the customer: the fewest that serve. email, delegatedConsents and customFlow may be added."
            ),
            SettingRule(
                "requested_expiry", .integer(60...900), standard: "300", "seconds in which the customer may answer."),
            SettingRule(
                "first_look_seconds", .integer(1...30), standard: "5",
                "the least pause between asking the customer and the first look for an answer."),
            SettingRule("binding", .flag, standard: "true", "whether till and phone show the same word."),
            SettingRule(
                "asks_account", .flag, standard: "true", "whether it is asked first if the number has an account."),
            SettingRule(
                "consent_text", .text,
                "the text that a customer agrees to, kept as evidence where the consent itself brings none."),
            SettingRule(
                "exchange_seconds", .integer(1...30), standard: "4",
                "how long a personal QR code waits for its phone number."),
            SettingRule(
                "code_seconds", .integer(0...86_400), standard: "0",
                "how old a personal QR code may be, by the time in its answer; 0 for any age."),
            SettingRule(
                "check_in", .flag, standard: "false",
                "whether the app tells its owner that the store knows them. Norway only, a proof of concept of Vipps's."
            ),
            SettingRule(
                "tell", .texts,
                "the systems, by their names, that are told of a new member, as of somebody who joins at the till."),
            SettingRule("paths.token", .text, standard: "/accesstoken/get", "where access tokens are given."),
            SettingRule("paths.exchange", .text, standard: "/qr/v1/exchange", "where a personal QR code is exchanged."),
            SettingRule(
                "paths.discovery", .text, standard: "/access-management-1.0/access/.well-known/openid-configuration",
                "where the login's own addresses stand."),
            SettingRule(
                "paths.user_exists", .text, standard: "/vipps-login-ciba/api/v1/user-exists",
                "where it is asked if a number has an account."),
            SettingRule(
                "paths.check_in", .text, standard: "/point-of-sale/v1/loyalty-check-in", "where the app is told."),
            SettingRule(
                "relay.webhook_secret", .credential,
                "the secret that the registration of a webhook gave, which signs its notices."),
            SettingRule(
                "relay.consent_secret", .credential,
                "the last part of the path at the relay to which Vipps sends withdrawn consents; Vipps alone is told it."
            ),
        ] + NoticeRelay.rules

    package static let isOnePerCompany = true

    package let client: SystemClient
    package let enrolment = EnrolmentRule.atTill
    package let codes: VippsCodes
    package let login: VippsLogin
    package let relay: NoticeRelay?
    let notices: VippsNotices
    package let toldSystems: [String]
    let tools: ConnectorTools

    package init(_ settings: SystemSettings, _ tools: ConnectorTools) throws(SettingFault) {
        let scopes = settings.text("scope").split(separator: " ").map(String.init)
        guard scopes.contains("openid"), scopes.contains("phoneNumber") else {
            throw SettingFault(
                "scope", "'scope' holds openid and phoneNumber at least: by these an enrolled customer is known again.")
        }
        relay = try NoticeRelay(settings, tools)
        notices = VippsNotices(settings, tools)
        self.tools = tools
        toldSystems = settings.texts("tell")
        client = SystemClient(settings, tools)
        let account = VippsAccount(settings, client, tools)
        codes = VippsCodes(settings, account, tools)
        login = VippsLogin(settings, account, tools)
    }

    package func welcome(_ phone: String) async { await codes.checkIn(phone, isMember: true) }

    package func check() async throws(SystemsError) -> String {
        try await login.probe()
        return "\(client.name) gives a token, and says where logins start."
    }
}
