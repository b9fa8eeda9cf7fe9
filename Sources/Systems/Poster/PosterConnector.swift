import Foundation

/// Poster, and the cards of GrowCards' kind that its clients get.
package final class PosterConnector: Connector {
    package static let kind = "poster"

    package static let rules =
        [
            SettingRule("url", .url, standard: "https://joinposter.com/api", "the address of its interface."),
            SettingRule(
                "token", .credential, isNeeded: true,
                "the token ACCOUNT:HASH of a personal integration, or the one that an authorisation gave."),
            SettingRule(
                "account", .text,
                "the account's name in Poster, ACCOUNT of ACCOUNT.joinposter.com, to be authorised by OAuth."),
            SettingRule("oauth.application_id", .text, "the application's application_id at Poster."),
            SettingRule("oauth.application_secret", .credential, isOfAccount: false, "its application_secret."),
            SettingRule(
                "oauth.redirect_uri", .url,
                "the address that the application has at Poster for the way back; nobody need answer."
            ),
            SettingRule(
                "oauth.url", .url,
                "where the account is authorised; left out, https://ACCOUNT.joinposter.com."),
            SettingRule("schedule", .schedule, standard: "every 5 minutes", "when its clients are listed."),
            SettingRule(
                "allow", .allow, isNeeded: true,
                "what may be kept of the store's customers. The client's id is kept always, to tell Poster of him."),
            SettingRule("groups", .texts, "groups that every customer of it is in, besides his own."),
            SettingRule(
                "new_customers_group", .text, "the group, by its id, that customers made at the till come into."),
            SettingRule(
                "refresh_seconds", .integer(0...600), standard: "5",
                "how long after a sale its client is read again, for the bonuses that it brought."),
            SettingRule(
                "bonuses.write_unit", .choice(["whole", "hundredths"]),
                "what changeClientBonus counts in. The documentation does not say; `countertop systems check` finds out."
            ),
            SettingRule(
                "bonuses.check_client", .text,
                "a client of the store's own, by his id, whose bonuses the check may change by one and back."),
            SettingRule(
                "conflicts", .choice(["source", "store"]), standard: "source",
                "who is right when somebody corrected the same in Poster and in the store."),
            SettingRule(
                "orders.spot", .text,
                "the store's spot_id, to put customers into orders that its tills have open there."),
            SettingRule("orders.tablets", .table, "the spot_tablet_id of each lane."),
            SettingRule("templates", .table, "the group, by its id, that each card template stands for."),
            SettingRule(
                "cards.key", .credential,
                "a secret from which the numbers of cards are made, the same in every store of the company."),
            SettingRule("growcards.url", .url, standard: "https://api.growcards.ru/v2", "GrowCards' interface."),
            SettingRule(
                "growcards.key", .credential, "the company's key at GrowCards, to see whether its templates are there."),
        ] + NoticeRelay.rules

    package let client: SystemClient
    package let feeds: [ConnectorFeed]
    package let enrolment = EnrolmentRule.atTill
    let api: PosterAPI
    let source: PosterSource
    let settings: SystemSettings
    let tools: ConnectorTools
    let units: PosterUnits
    package let relay: NoticeRelay?
    let authorisation: PosterAuthorisation
    private let cards: PosterCards

    package convenience init(_ settings: SystemSettings, _ tools: ConnectorTools) throws(SettingFault) {
        try self.init(settings, tools, rows: PosterLimits.pageRows)
    }

    /// - Parameter rows: of a page of the listing.
    init(_ settings: SystemSettings, _ tools: ConnectorTools, rows: Int) throws(SettingFault) {
        let templates = settings.table("templates")
        guard templates.isEmpty || settings.optionalText("cards.key") != nil else {
            throw SettingFault("templates", "Cards need cards.key: a secret from which their numbers are made.")
        }
        guard (settings.optionalText("orders.spot") == nil) == settings.table("orders.tablets").isEmpty else {
            throw SettingFault("orders", "Orders need both: spot, and tablets with the register of each lane.")
        }
        try PosterAuthorisation.check(settings)
        for (template, group) in templates where group.isEmpty || !group.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        {
            throw SettingFault(
                "templates", "Template '\(template)' needs a group by its id in Poster, which is a number.")
        }
        relay = try NoticeRelay(settings, tools)
        guard relay == nil || settings.optionalText("oauth.application_secret") != nil else {
            throw SettingFault(
                "relay",
                "Poster's notices are those of an application: they need account and oauth too, to be proven by.")
        }
        self.settings = settings
        self.tools = tools
        authorisation = PosterAuthorisation(settings, tools)
        client = SystemClient(settings, tools)
        api = PosterAPI(
            client: client, base: settings.text("url"), tokenPlace: settings.text("token"),
            credentials: tools.credentials)
        let name = settings.name
        cards = PosterCards(
            groups: Set(templates.values),
            key: { () throws(SystemsError) in try tools.credentials.read(settings.text("cards.key")) },
            onMade: { clientID, card in
                let order = SystemOrder.card(
                    CardBinding(
                        customer: CustomerAddress(
                            externalIDs: [PosterClientRow.externalID(clientID, system: name)]), card: card))
                return tools.post(order, to: name, operation: Array("card \(clientID) \(card)".utf8), subject: "")
            })
        source = PosterSource(settings, api, tools, cards: cards, rows: rows)
        units = PosterUnits(settings.optionalText("bonuses.write_unit"))
        feeds = [ConnectorFeed(name: name, source: source, schedule: settings.schedule("schedule"))]
    }

    package func check() async throws(SystemsError) -> String {
        let groups = try await source.groups()
        var words = ["\(client.name) takes the token and has \(groups.count) groups."]
        if let end = authorisation.end {
            words.append("The token is good until \(end.formatted(.iso8601.year().month().day())).")
        }
        for (template, id) in settings.table("templates").sorted(by: { $0.key < $1.key }) {
            guard let group = groups.first(where: { $0.id == id }), !group.isRemoved else {
                throw SystemsError(
                    .settingsWrong,
                    "Template \(template) stands for group \(id), which Poster does not have. Correct templates: it has "
                        + groups.filter { !$0.isRemoved }.map { "\($0.id) (\($0.name))" }.joined(separator: ", ") + ".")
            }
            words.append("Template \(template): \(group.words).")
        }
        if settings.optionalText("growcards.key") != nil { words.append(try await GrowCards(self).check()) }
        if cards.skipped > 0 {
            let first = cards.skippedIDs(atMost: PosterLimits.skippedNamed).joined(separator: ", ")
            let more = cards.skipped > PosterLimits.skippedNamed ? " …" : ""
            words.append(
                "\(cards.skipped) clients of these groups have no phone number, and get no card: \(first)\(more).")
        }
        if let client = settings.optionalText("bonuses.check_client") {
            words.append(try await units.check(api, client: client))
        } else if units.configured == nil {
            words.append(
                "Bonuses are not changed: name a client of your own in bonuses.check_client, and check once more to find "
                    + "out their unit.")
        }
        return words.joined(separator: " ")
    }
}

extension PosterConnector: Authorisable {
    package var authorisationAddress: String? { authorisation.address }

    package func authorise(answer: String) async throws(SystemsError) -> String {
        try await authorisation.take(answer, client)
    }

    package var warnings: [String] { authorisation.warning.map { [$0] } ?? [] }
}

extension PosterGroup {
    /// The group and its terms, for people.
    fileprivate var words: String {
        let percent = basisPoints.map { Double($0) / 100 }.map { $0.formatted(.number.grouping(.never)) } ?? "?"
        return switch loyaltyType {
        case .points?: "group \(name), points: keys bonuses and cashback (\(percent) %)"
        case .discount?: "group \(name), discount: key discount (\(percent) %)"
        case nil: "group \(name), without a loyalty type"
        }
    }
}
