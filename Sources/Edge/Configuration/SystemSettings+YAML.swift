import Customers
import Systems

extension EdgeConfiguration {
    /// Reads `systems`.
    /// - Parameter feeds: whose names no system may have.
    static func systems(
        _ sections: [ConfigurationReader], company: String, feeds: [FeedSettings], root: ConfigurationReader
    ) throws -> [SystemSettings] {
        guard sections.count <= FeedLimits.feedsMax else {
            throw root.mistake("'systems' has more than \(FeedLimits.feedsMax) entries.", atValueOf: "systems")
        }
        var names = Set(feeds.map(\.name) + [SampleStore.feed])
        var kinds: Set<String> = []
        let all = try sections.map { section in
            let system = try SystemSettings(section, company: company)
            guard names.insert(system.name).inserted else {
                throw section.mistake(
                    "'\(system.name)' is the name of another system or feed. Give each one a name of its own.",
                    atValueOf: "name")
            }
            let isFurther = !kinds.insert(system.kind).inserted
            if isFurther, ConnectorKinds.named(system.kind)?.isOnePerCompany == true {
                throw section.mistake(
                    "A company has one system of kind \(system.kind), and another one is configured already. Take one out.",
                    atValueOf: "kind")
            }
            return system
        }
        // An entry that could not be read may be the one that is told.
        guard !root.lacksEntries("systems"), sections.allSatisfy(\.isWhole) else { return all }
        for (system, section) in zip(all, sections) { try check(told: system, among: all, section) }
        return all
    }

    /// Whoever is told of new members is a system of the store that takes them.
    private static func check(
        told system: SystemSettings, among all: [SystemSettings], _ section: ConfigurationReader
    ) throws {
        let order = SystemOrder.newCustomer(NewCustomer(name: ""))
        let takers = all.filter { other in
            (connector(of: other) as? any OrderReceiver)?.takes(order) == true
        }.map(\.name)
        let told = (connector(of: system) as? any Enroller)?.toldSystems ?? []
        guard !told.contains(system.name) else {
            throw section.mistake(
                "\(system.name) knows its members; name other systems.", atValueOf: "tell")
        }
        for name in told where !takers.contains(name) {
            throw section.mistake(
                "'tell' names '\(name)', which takes no new customers. "
                    + (takers.isEmpty
                        ? "No system of this store does." : "These do: \(takers.joined(separator: ", "))."),
                atValueOf: "tell")
        }
    }

    /// As the settings make it; it reaches nobody.
    private static func connector(of settings: SystemSettings) -> (any Connector)? {
        try? ConnectorKinds.named(settings.kind)?.init(settings, .nobody)
    }
}

extension SystemSettings {
    /// The settings that every kind has.
    private static let common = ["name", "kind", "company", "enabled"]

    /// Reads an entry of `systems` by the rules of its kind.
    init(_ section: ConfigurationReader, company: String) throws {
        let known = ConnectorKinds.known
        guard let word = try section.string("kind") else {
            throw section.mistake("'\(section.place)' needs a kind: \(known).")
        }
        guard let kind = ConnectorKinds.named(word) else {
            throw section.mistake(
                "'\(section.place).kind' cannot be '\(word)'. It must be \(known).", atValueOf: "kind")
        }
        let name = try section.neededText(
            "name", "'\(section.place)' needs a name: 1 to 32 small letters, digits and dashes."
        ) { $0.wholeMatch(of: /[a-z0-9][a-z0-9\-]{0,31}/) != nil }
        if let own = try section.string("company"), own != company {
            throw section.mistake(
                "System '\(name)' is of company '\(own)', and this store's is '\(company)' (store.company). One edge serves "
                    + "one company.", atValueOf: "company")
        }
        self.init(name: name, kind: word, isEnabled: try section.flag("enabled") ?? true)
        let rules = kind.rules
        try section.allowOnly(Self.common + Self.heads(rules))
        for (head, inner) in Self.sections(rules) {
            guard let part = try section.section(head) else { continue }
            try part.allowOnly(inner)
        }
        for rule in rules { try read(rule, section) }
        // What a connector says of settings of which some are passed over may only follow from that.
        guard section.isWhole else { return }
        do throws(SettingFault) {
            try Self.check(self, kind)
        } catch {
            let (reader, key) = try Self.place(of: error.setting, in: section)
            throw key.isEmpty ? reader.mistake(error.words) : reader.mistake(error.words, atValueOf: key)
        }
    }

    /// The connector itself says what it cannot use.
    private static func check(_ settings: SystemSettings, _ kind: any Connector.Type) throws(SettingFault) {
        _ = try kind.init(settings, .nobody)
    }

    private mutating func read(_ rule: SettingRule, _ section: ConfigurationReader) throws {
        let (reader, key) = try Self.place(of: rule.name, in: section)
        guard let value = try Self.value(rule, key, reader) else {
            guard rule.isNeeded, !reader.isPassedOver(key), !section.isPassedOver(rule.name) else { return }
            throw section.mistake("'\(section.place)' needs \(rule.name): \(rule.words)", atValueOf: rule.name)
        }
        values[rule.name] = value
    }

    /// The section that a setting stands in, and its name there. Without the section it is looked for in vain in `section`.
    private static func place(
        of name: String, in section: ConfigurationReader
    ) throws -> (reader: ConfigurationReader, key: String) {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return (section, name) }
        return try section.section(parts[0]).map { ($0, parts[1]) } ?? (section, name)
    }

    private static func value(
        _ rule: SettingRule, _ key: String, _ reader: ConfigurationReader
    ) throws -> SystemSettings.Value? {
        switch rule.form {
        case .text: return try reader.string(key).map { .text($0) }
        case .url: return try reader.url(key).map { .text($0) }
        case .credential: return try reader.credential(key).map { .text($0) }
        case .flag: return try reader.flag(key).map { .flag($0) }
        case .integer(let range): return try reader.integer(key, in: range).map { .integer($0) }
        case .choice(let words):
            return try reader.value(key, known: words.joined(separator: " or ")) {
                words.contains($0) ? .text($0) : nil
            }
        case .schedule:
            return try reader.value(key, known: FeedSchedule.known) { FeedSchedule($0) == nil ? nil : .text($0) }
        case .texts: return try reader.texts(key).map { .texts($0) }
        case .table:
            return try reader.section(key).map { .table(try $0.namedTexts()) }
        case .allow: return try reader.allowed(key).map { .texts($0.map(\.rawValue)) }
        }
    }

    /// The names that stand in the entry itself.
    private static func heads(_ rules: [SettingRule]) -> [String] {
        var heads: [String] = []
        for rule in rules {
            let head = String(rule.name.prefix { $0 != "." })
            if !heads.contains(head) { heads.append(head) }
        }
        return heads
    }

    /// The sections within the entry, with what may stand there.
    private static func sections(_ rules: [SettingRule]) -> [(String, [String])] {
        var sections: [(String, [String])] = []
        for rule in rules {
            let parts = rule.name.split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            if let index = sections.firstIndex(where: { $0.0 == parts[0] }) {
                sections[index].1.append(parts[1])
            } else {
                sections.append((parts[0], [parts[1]]))
            }
        }
        return sections
    }
}

extension ConfigurationReader {
    /// Fields that may be kept.
    func allowed(_ key: String) throws -> [RecordField]? {
        let known = RecordField.allowable.map(\.rawValue)
        return try list(key) { text throws(ListFault) -> RecordField in
            guard let field = RecordField(rawValue: text), RecordField.allowable.contains(field) else {
                throw ListFault(
                    words: "'\(text)' is nothing that can be kept. Known: \(known.joined(separator: ", ")).")
            }
            return field
        }
    }
}
