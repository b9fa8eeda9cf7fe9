/// A system outside the store, spoken to in its own way.
///
/// A kind of system is one folder of this module and one entry of ``ConnectorKinds/all``. What a system can do beside being read
/// is said by further protocols it conforms to; the edge knows no kind by its name.
package protocol Connector: Sendable {
    /// What the configuration calls this kind: `custobar`.
    static var kind: String { get }
    /// Its settings, beside those that every kind has.
    static var rules: [SettingRule] { get }

    /// Whether a company has at most one system of this kind.
    static var isOnePerCompany: Bool { get }

    /// - Throws: ``SettingFault``: the setting that cannot be used, and why. It reads no file and asks nobody.
    init(_ settings: SystemSettings, _ tools: ConnectorTools) throws(SettingFault)

    var client: SystemClient { get }
    /// What is read of it, each on its own schedule. A connector that is only asked has none.
    var feeds: [ConnectorFeed] { get }
    /// Where its customers are made.
    var enrolment: EnrolmentRule { get }

    /// What somebody should see to before it hurts, such as a token whose time runs out, in sentences.
    var warnings: [String] { get }

    /// Tries the credentials.
    /// - Returns: what was found, in a sentence.
    /// - Throws: ``SystemsError``: what is wrong, and what to do.
    func check() async throws(SystemsError) -> String
}

extension Connector {
    package static var isOnePerCompany: Bool { false }
    package var enrolment: EnrolmentRule { .elsewhere }
    package var feeds: [ConnectorFeed] { [] }
    package var warnings: [String] { [] }
}

/// Something a connector reads, as the feed engine runs it.
package struct ConnectorFeed: Sendable {
    /// The feed's name, which stands in the answers: that of the system, where it has one feed.
    package var name: String
    package var source: any Source
    package var schedule: FeedSchedule

    package init(name: String, source: any Source, schedule: FeedSchedule) {
        self.name = name
        self.source = source
        self.schedule = schedule
    }
}
