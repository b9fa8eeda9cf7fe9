import Foundation

/// A relay outside that has a public address, and keeps what systems send there until the store has it: the page "Notices through a
/// relay".
package struct NoticeRelay: Sendable {
    /// A page of notices, from the oldest on.
    package struct Page: Sendable {
        package var notices: [Notice]
        /// What says that these were worked off.
        package var cursor: String
        package var isLast: Bool
        /// Notices that could not be read.
        package var broken: Int
    }

    /// The settings of a kind of system that sends notices.
    static let rules = [
        SettingRule(
            "relay.url", .url, "the address of the relay that keeps the system's notices; without it there are none."),
        SettingRule("relay.key", .credential, "what lets this store in at the relay."),
        SettingRule("relay.schedule", .schedule, standard: "every 10 seconds", "how often the relay is asked."),
    ]

    /// Its state is its own: what the relay does says nothing of the system.
    package let client: SystemClient
    package let schedule: FeedSchedule
    private let url: String
    private let keyPlace: String
    private let credentials: CredentialFiles

    /// - Returns: `nil` without a relay in the settings.
    /// - Throws: ``SettingFault`` for a relay without a key.
    init?(_ settings: SystemSettings, _ tools: ConnectorTools) throws(SettingFault) {
        guard let url = settings.optionalText("relay.url") else { return nil }
        guard let keyPlace = settings.optionalText("relay.key") else {
            throw SettingFault("relay", "A relay needs a key: what lets this store in there.")
        }
        self.url = url
        self.keyPlace = keyPlace
        schedule = settings.schedule("relay.schedule")
        credentials = tools.credentials
        client = SystemClient(name: "the relay of \(settings.name)", caller: tools.caller, now: tools.now)
    }

    /// - Parameter cursor: of the page whose notices were worked off; `nil` to have all that are kept.
    package func page(after cursor: String?) async throws(SystemsError) -> Page {
        let key = try credentials.read(keyPlace)
        var query = [("limit", "\(NoticeLimits.pageNotices)")]
        if let cursor { query.append(("after", cursor)) }
        let call = SystemCall(
            .get, URLText.join(url, "", query: query),
            headers: [("Accept", "application/json"), ("Authorization", "Bearer \(key.text)")],
            expected: [410], deadline: NoticeLimits.deadline, answerBytesMax: HTTPLimits.answerBytesMax)
        let reply = try await client.send(call)
        guard reply.status != 410 else {
            throw SystemsError(
                .cursorGone, "\(client.name) does not know how far this store is. All is taken once more.")
        }
        let root = try reply.json()
        guard case .list(let nodes)? = root["notices"]?.value, nodes.count <= NoticeLimits.pageNotices,
            let next = root["cursor"]?.plainText, next.utf8.count <= NoticeLimits.cursorBytesMax,
            case .bool(let isMore)? = root["more"]?.value
        else { throw reply.broken("It holds no notices, cursor and more.") }
        guard !isMore || !nodes.isEmpty else { throw reply.broken("It says that there is more, and gives nothing.") }
        let notices = nodes.compactMap { Notice($0) }
        return Page(notices: notices, cursor: next, isLast: !isMore, broken: nodes.count - notices.count)
    }
}

/// A system whose notices come through a relay. A notice is a hint and no more: what it says is asked of the system itself, unless
/// it proves whose it is.
package protocol NoticeReceiver: Connector {
    var relay: NoticeRelay? { get }

    /// Takes a notice; it may come more than once.
    /// - Throws: ``SystemsError`` when it cannot be worked off now: it comes again.
    func take(_ notice: Notice) async throws(SystemsError) -> NoticeOutcome
}
