package import Customers
import Foundation

/// Custobar: customers, permissions both ways, benefits, and sales with their customer.
package final class CustobarConnector: BenefitSource {
    package static let kind = "custobar"

    package static let rules = [
        SettingRule(
            "url", .url, isNeeded: true, "the address of the company's interface: https://COMPANY.custobar.com/api."),
        SettingRule("key", .credential, isNeeded: true, "the key of an integration, or USER:PASSWORD for Basic."),
        SettingRule(
            "scheme", .choice(["Bearer", "Token", "Basic"]), standard: "Bearer",
            "how the key is shown: each generation of Custobar's keys has its own."),
        SettingRule(
            "customers", .choice(["read", "match"]), standard: "read",
            "whether its customers are read, or are those of another system whom it knows by their phone number."),
        SettingRule("schedule", .schedule, standard: "daily at 03:00", "when its customers are read."),
        SettingRule(
            "allow", .allow, isNeeded: true, "what may be kept of the store's customers. Nothing else is asked for."),
        SettingRule("groups", .texts, "groups that every customer of it is in."),
        SettingRule("sales.report", .flag, standard: "true", "whether sales with a customer are reported."),
        SettingRule(
            "sales.schedule", .schedule, "when sales are reported; left out, each at once. Benefits never wait for it."),
        SettingRule("sales.shop", .text, "the store's sale_shop_id."),
        SettingRule(
            "sales.fields", .texts, standard: "sale_total total quantity unit_price",
            "what is reported of a sale besides its ids and its time."),
        SettingRule(
            "join.group_field", .text, "a customer field that names the group of somebody who joins at the till."),
        SettingRule(
            "join.event", .text, standard: "JOINED_AT_TILL",
            "the event by which Custobar sends instructions to somebody who joins; no public document names one."),
        SettingRule("paths.customers", .text, standard: "/data/customers/", "where customers are listed."),
        SettingRule("paths.customers_upload", .text, standard: "/customers/upload/", "where customers are told."),
        SettingRule("paths.sales_upload", .text, standard: "/sales/upload/", "where sales are told."),
        SettingRule("paths.events", .text, standard: "/events/", "where events are told."),
        SettingRule(
            "permissions.event", .text, standard: "PERMISSION_CHANGED",
            "the event that says what was agreed to, word for word, when a permission is changed at the till."),
        SettingRule(
            "products.schedule", .schedule,
            "when its products are read, so that an article is told from a card; left out, never."),
        SettingRule(
            "products.field", .text, standard: "external_id", "the product's field that holds the number on its label."),
        SettingRule("paths.products", .text, standard: "/data/products/", "where products are listed."),
        SettingRule(
            "view.events", .flag, standard: "false", "whether staff see a customer's last purchases and events."),
        SettingRule("view.types", .texts, "the types of events that staff see; left out, all."),
        SettingRule(
            "view.customer_field", .text, standard: "phone_number",
            "by what events and sales are asked for of a customer."),
        SettingRule("paths.events_list", .text, standard: "/data/events/", "where events are listed."),
        SettingRule("paths.sales_list", .text, standard: "/data/sales/", "where sales are listed."),
        SettingRule("fields.groups", .texts, "a customer field that lists groups."),
        SettingRule("fields.customer_card", .texts, "a customer field with the card."),
        SettingRule("benefits.field", .text, standard: "benefits", "the customer field that lists the benefits."),
        SettingRule("benefits.id", .text, standard: "id", "a benefit's id in it."),
        SettingRule("benefits.title", .text, standard: "title", "its title."),
        SettingRule("benefits.valid_from", .text, standard: "valid_from", "when it begins."),
        SettingRule("benefits.valid_until", .text, standard: "valid_until", "when it ends."),
        SettingRule(
            "benefits.uses", .text, standard: "uses",
            "how often the customer may use it in all; without the field once, 0 for without a limit."),
        SettingRule(
            "benefits.offline", .choice(["all", "unlimited", "none"]), standard: "unlimited",
            "which benefits may be used while Custobar cannot be asked: a limited one might be used in two stores."),
        SettingRule(
            "benefits.used_event", .text, standard: "BENEFIT_USED", "the event that says that a benefit was used."),
        SettingRule(
            "benefits.released_event", .text, standard: "BENEFIT_RELEASED",
            "the event that says that its use was taken back."),
    ]

    package let client: SystemClient
    package let feeds: [ConnectorFeed]
    package let enrolment = EnrolmentRule.atTill
    let api: CustobarAPI
    let settings: SystemSettings
    let tools: ConnectorTools
    let adapter: CustobarBenefits

    package init(_ settings: SystemSettings, _ tools: ConnectorTools) throws(SettingFault) {
        let known = Set(SaleReport.custobarFields)
        for field in settings.texts("sales.fields") where !known.contains(field) {
            throw SettingFault(
                "sales.fields", "'\(field)' cannot be reported. Known: \(known.sorted().joined(separator: ", ")).")
        }
        self.settings = settings
        self.tools = tools
        client = SystemClient(settings, tools)
        api = CustobarAPI(
            client: client, base: settings.text("url"), scheme: settings.text("scheme"),
            keyPlace: settings.text("key"), credentials: tools.credentials)
        adapter = CustobarBenefits(settings, api)
        guard settings.text("customers") == "read" else {
            feeds = []
            return
        }
        let source = CustobarSource(settings, api, tools)
        feeds = [ConnectorFeed(name: settings.name, source: source, schedule: settings.schedule("schedule"))]
    }

    package func check() async throws(SystemsError) -> String {
        let url = URLText.join(
            api.base, settings.text("paths.customers"), query: [("limit", "1"), ("fields", "external_id")])
        let reply = try await api.get(url, deadline: .seconds(20))
        guard case .list? = try reply.json()["customers"]?.value else { throw reply.broken("It has no customers.") }
        return "\(client.name) takes the key and gives customers. What it may be told is seen when it is told."
    }

    package var offlineBenefits: OfflineBenefits {
        OfflineBenefits(rawValue: settings.text("benefits.offline")) ?? .unlimited
    }

    package func benefits(of customer: CustomerAddress) async throws(SystemsError) -> [Benefit] {
        guard let phone = customer.phone else { return [] }
        return try await adapter.list(phone: phone)
    }
}
