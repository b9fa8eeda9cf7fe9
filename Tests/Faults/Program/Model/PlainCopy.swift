import Customers

/// What a store's copy of the customers must hold, in dictionaries.
struct PlainCopy {
    struct Key: Hashable {
        let feed: String
        let key: String
    }

    struct Feed {
        var cursor: [UInt8]
        /// Milliseconds since 1970.
        var appliedAt: Int64
        var isComplete: Bool
    }

    struct Grave {
        /// Milliseconds since 1970.
        var time: Int64
        /// Whether somebody asked for it; a feed let go of the customer otherwise.
        var isAsked: Bool
    }

    var people: [Key: DrawnRecord] = [:]
    /// Whom the store was asked to forget, and when, for as long as there is a store.
    var asked: [Key: Int64] = [:]
    /// Those who were erased.
    var graves: [Key: Grave] = [:]
    var feeds: [String: Feed] = [:]
    var groups: [String: [String: GroupTerms]] = [:]
    /// Those who are gone, in their order, until somebody has cleared up behind them.
    var departed: [Key] = []
    /// Those whom a page removes that the disk refused: they may have been noted as departed before it did.
    var mayHaveDeparted: Set<Key> = []
    /// Whether this run has laid what no feed brings.
    var isLaid = false

    /// Who has a value that only one may have; see ``DrawnRecord/unique``.
    func holder(of value: String) -> Key? {
        people.first { $0.value.unique.contains(value) }?.key
    }

    /// The file is lost. What is kept beside it stays: the departed, and those who were forgotten on request.
    mutating func beginAnew() {
        (people, feeds, groups, graves) = ([:], [:], [:], [:])
    }

    /// Before a run takes its first page, it has in the file what no feed brings.
    mutating func lay() {
        guard !isLaid else { return }
        isLaid = true
        for (key, time) in asked where people[key] == nil {
            graves[key] = Grave(time: max(graves[key]?.time ?? .min, time), isAsked: true)
        }
    }

    // MARK: Looking

    /// Those who have an identifier, typed however.
    func people(with kept: Identifier) -> [Key] {
        let exact = people.filter { person in
            person.value.kept.contains { $0.type == kept.type && Self.isSame($0, kept) }
        }
        if !exact.isEmpty { return Array(exact.keys) }
        guard kept.type == .customerCard || kept.type == .linkedCard else { return [] }
        return printed(kept.value, types: [kept.type]).people
    }

    /// Whom a code at a till names, and as what; `nil` for nobody.
    func people(code: String) -> (people: [Key], type: IdentifierType)? {
        func having(_ type: IdentifierType, _ value: String) -> [Key] {
            people.filter { $0.value.kept.contains(Identifier(type: type, value: value)) }.map(\.key)
        }
        let card = having(.customerCard, code)
        if !card.isEmpty { return (card, .customerCard) }
        let printed = printed(code, types: [.customerCard, .linkedCard])
        if printed.type == .customerCard, !printed.people.isEmpty { return (printed.people, .customerCard) }
        if code.contains("@") || code.hasPrefix("+") {
            let type: IdentifierType = code.contains("@") ? .email : .phone
            let plain = Identifier(type: type, value: code.filter { $0 != " " })
            let found = people(with: plain)
            if !found.isEmpty { return (found, type) }
        }
        let linked = having(.linkedCard, code)
        if !linked.isEmpty { return (linked, .linkedCard) }
        return printed.people.isEmpty ? nil : (printed.people, .linkedCard)
    }

    /// Those who have a card with this number in another length, of the first of these types that anybody has it by.
    private func printed(_ code: String, types: [IdentifierType]) -> (people: [Key], type: IdentifierType?) {
        guard let number = Self.number(code) else { return ([], nil) }
        for type in types {
            let found = people.filter { person in
                person.value.kept.contains { $0.type == type && Self.number($0.value) == number }
            }
            if !found.isEmpty { return (Array(found.keys), type) }
        }
        return ([], nil)
    }

    /// A card's number without the zeros in front. The cards that are drawn hold a right check digit where they are digits.
    static func number(_ code: String) -> String? {
        guard code.count >= 12, code.allSatisfy(\.isNumber) else { return nil }
        return String(code.drop { $0 == "0" })
    }

    private static func isSame(_ one: Identifier, _ other: Identifier) -> Bool {
        one.type == .email ? one.value.lowercased() == other.value.lowercased() : one.value == other.value
    }

    /// Those of whose names every beginning begins a word.
    func people(beginnings: [String]) -> [Key] {
        people.filter { person in
            beginnings.allSatisfy { beginning in person.value.words.contains { $0.hasPrefix(beginning) } }
        }.map(\.key)
    }

    // MARK: Answers

    /// A customer as an answer must show him.
    func customer(_ key: Key, id: String, company: String) -> Customer? {
        guard let drawn = people[key] else { return nil }
        let record = drawn.record
        var known: [String] = []
        for group in record.groupIDs where !known.contains(group) { known.append(group) }
        let terms = known.compactMap { groups[key.feed]?[$0] }
        let discounts = [record.loyalty.discountBasisPoints] + terms.map(\.terms.discountBasisPoints)
        let cashbacks = [record.loyalty.cashbackBasisPoints] + terms.map(\.terms.cashbackBasisPoints)
        return Customer(
            id: id, company: company, name: record.name, firstName: record.firstName, language: record.language,
            identifiers: drawn.kept, groups: terms.map(\.group),
            loyalty: Loyalty(
                discountBasisPoints: discounts.compactMap { $0 }.max(),
                bonusesHundredths: record.loyalty.bonusesHundredths,
                cashbackBasisPoints: cashbacks.compactMap { $0 }.max()),
            permissions: record.permissions)
    }

    /// How old a feed is, and all of them together.
    func age(of feed: String, now: Int64) -> UInt64 { feeds[feed].map { UInt64(max(0, now - $0.appliedAt)) } ?? 0 }

    func age(now: Int64) -> UInt64 { feeds.keys.map { age(of: $0, now: now) }.max() ?? 0 }

    var isComplete: Bool { !feeds.isEmpty && feeds.values.allSatisfy(\.isComplete) }
}
