import Foundation

/// Solteq Commerce Cloud, and Cardu's customers through it.
///
/// Public are the token endpoint, the rule of its addresses, paging by continuation token, and the names of the identifier types
/// (manual.solteqpos.com/en/cpume/current: authentication, api-documentation, customer-identifiers). The name and the shape of
/// its customer service are not: its path and its fields are settings, and their defaults are Countertop's guess.
package struct SolteqConnector: Connector {
    package static let kind = "solteq"

    package static let rules = [
        SettingRule("url", .url, standard: "https://api.solteqpos.com", "the address of its interface."),
        SettingRule(
            "identity_url", .url, standard: "https://login.smartretail.cloud", "the address that gives tokens."),
        SettingRule("client_id", .text, isNeeded: true, "the client that Solteq made for this company."),
        SettingRule("client_secret", .credential, isNeeded: true, "the client's secret, in a file of its own."),
        SettingRule(
            "scope", .text, standard: "customer-api",
            "what the token is for; no public document names that of customers."),
        SettingRule("schedule", .schedule, standard: "every minute", "when its customers are read."),
        SettingRule(
            "allow", .allow, isNeeded: true, "what may be kept of the store's customers. All else stays where it is."),
        SettingRule("groups", .texts, "the default customer groups: every customer of it is in them."),
        SettingRule("paths.token", .text, standard: "/connect/token", "where tokens are given."),
        SettingRule(
            "paths.customers", .text, standard: "/customer/v1-ext/customers",
            "where customers are listed; no public document names it."),
        SettingRule(
            "query.continuation", .text, standard: "continuationToken", "the query's name of the continuation token."),
        SettingRule("fields.key", .texts, standard: "id", "its key of the customer."),
        SettingRule("fields.name", .texts, standard: "firstName lastName", "the name; several are joined."),
        SettingRule("fields.first_name", .texts, standard: "firstName", "the first name."),
        SettingRule("fields.language", .texts, standard: "language", "the language."),
        SettingRule("fields.phone", .texts, standard: "phones", "phone numbers."),
        SettingRule("fields.email", .texts, standard: "email", "the e-mail address."),
        SettingRule("fields.groups", .texts, standard: "groups", "ids of groups."),
        SettingRule("fields.discount_percent", .texts, standard: "discountPercent", "the customer's own discount."),
        SettingRule("fields.changed_at", .texts, standard: "modifiedAt", "when the customer was last changed."),
        SettingRule("fields.removed", .texts, standard: "deleted", "whether the customer is gone."),
        SettingRule("fields.identifiers", .text, standard: "identifiers", "the list of identifiers."),
        SettingRule("fields.identifier_type", .text, standard: "type", "the type of an identifier in it."),
        SettingRule("fields.identifier_value", .text, standard: "value", "the value of an identifier in it."),
        SettingRule("cardu.enabled", .flag, standard: "false", "whether the customers come from Cardu."),
        SettingRule(
            "cardu.programme", .text,
            "the one loyalty card in Cardu. Commerce Cloud supports a single one for a company."),
        SettingRule(
            "cardu.enrolment_url", .url, "where customers make themselves a card: shown on the customer display."),
    ]

    package static let isOnePerCompany = true

    package let client: SystemClient
    package let feeds: [ConnectorFeed]
    package let enrolment: EnrolmentRule
    private let source: SolteqSource

    package init(_ settings: SystemSettings, _ tools: ConnectorTools) throws(SettingFault) {
        guard !settings.texts("fields.key").isEmpty else {
            throw SettingFault("fields.key", "A customer needs a key. Name its field.")
        }
        let isCardu = settings.flag("cardu.enabled")
        guard !isCardu || settings.optionalText("cardu.enrolment_url") != nil else {
            throw SettingFault(
                "cardu.enabled",
                "Cardu's customers are made in Cardu alone. Write cardu.enrolment_url: where they do it themselves.")
        }
        client = SystemClient(settings, tools)
        let grant = ClientCredentials(
            client: client, url: URLText.join(settings.text("identity_url"), settings.text("paths.token")),
            clientID: settings.text("client_id"), scope: settings.text("scope"),
            secretPlace: settings.text("client_secret"), credentials: tools.credentials)
        let keeper = TokenKeeper(
            uptime: { tools.now().uptime }, fetch: { () async throws(SystemsError) in try await grant.token() })
        source = SolteqSource(settings, BearerClient(client, keeper, now: tools.now), tools)
        feeds = [ConnectorFeed(name: settings.name, source: source, schedule: settings.schedule("schedule"))]
        enrolment = isCardu ? .bySelf(url: settings.text("cardu.enrolment_url")) : .elsewhere
    }

    package func check() async throws(SystemsError) -> String {
        let count = try await source.probe()
        return "\(client.name) takes the credentials and lists customers: \(count) in its first page."
    }
}
