import Customers
import Foundation

/// What is drawn for a model run: few keys and few cards, so that customers meet each other, share numbers, take each other's
/// cards and come back after they were erased.
struct Drawing {
    static let feeds = ["poster", "solteq"]
    static let groups = (0..<6).map { "G\($0)" }
    /// Words of names, as they are written and as they are searched.
    static let words: [(written: String, searched: String)] = [
        ("Kari", "kari"), ("Bjørn", "bjorn"), ("Åse", "ase"), ("Næss", "naess"), ("O'Brien", "obrien"),
        ("Łukasz", "lukasz"), ("Straße", "strasse"), ("Karin", "karin"), ("Nordås", "nordas"), ("Berg", "berg"),
    ]
    static let lanes = ["1", "2", "self-3"]
    private static let keys = 24
    private static let cards = 20
    private static let phones = 30
    private static let addresses = 16
    /// Cards that are printed as EAN-13, and the same number as another card with 14 digits.
    private static let printedCards = ["7035620012341", "07035620012341", "7038010000010", "7038010000027"]

    var random: SplitMix

    mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

    /// Whether something happens that happens once in so many times.
    mutating func once(in times: Int) -> Bool { below(times) == 0 }

    mutating func one<Element>(of all: [Element]) -> Element { all[below(all.count)] }

    mutating func key() -> String { "K\(below(Self.keys))" }

    // MARK: Identifiers

    /// An identifier as a feed or a person gives it, and as it is kept; `nil` for one that cannot be understood.
    mutating func identifier() -> (given: Identifier, kept: Identifier?) {
        switch below(12) {
        case 0...3: return plain(.customerCard, "C\(below(Self.cards))")
        case 4: return plain(.customerCard, one(of: Self.printedCards))
        case 5: return plain(.linkedCard, "L\(below(Self.cards))")
        case 6: return plain(.externalID, "X\(below(Self.cards))")
        case 7, 8: return phone()
        case 9, 10:
            let written = once(in: 2) ? "Kunde" : "kunde"
            return plain(.email, "\(written)\(below(Self.addresses))@example.com")
        default:
            let bad = once(in: 2) ? Identifier(type: .phone, value: "none") : Identifier(type: .email, value: "none")
            return (bad, nil)
        }
    }

    private func plain(_ type: IdentifierType, _ value: String) -> (given: Identifier, kept: Identifier?) {
        let identifier = Identifier(type: type, value: value)
        return (identifier, identifier)
    }

    /// A Norwegian mobile number in one of the ways it is typed.
    private mutating func phone() -> (given: Identifier, kept: Identifier?) {
        let digits = String(900_00_010 + below(Self.phones))
        let written = one(of: [
            "+47\(digits)", digits, "0047 \(digits)", "+47 \(digits.prefix(3)) \(digits.dropFirst(3))",
        ])
        return (
            Identifier(type: .phone, value: written), Identifier(type: .phone, value: "+47\(digits)")
        )
    }

    /// A code as it is scanned or typed at a till.
    mutating func code() -> String {
        switch below(8) {
        case 0, 1: "C\(below(Self.cards))"
        case 2: "L\(below(Self.cards))"
        case 3, 4: one(of: Self.printedCards)
        case 5: "+47 \(900_00_010 + below(Self.phones))"
        case 6: "kunde\(below(Self.addresses))@example.com"
        default: "Q\(below(Self.cards))"
        }
    }

    // MARK: Changes

    mutating func page(feed: String, number: Int, now: Int64) -> DrawnPage {
        let groups = once(in: 6) ? [group()] : []
        let changes = (0...below(5)).map { _ in change(now: now) }
        return DrawnPage(
            feed: feed, cursor: Array("\(number)".utf8), isComplete: once(in: 2), groups: groups, changes: changes)
    }

    private mutating func group() -> GroupTerms {
        let id = one(of: Self.groups)
        let terms = Loyalty(
            discountBasisPoints: once(in: 2) ? UInt32(below(2_000)) : nil,
            cashbackBasisPoints: once(in: 2) ? UInt32(below(1_000)) : nil)
        return GroupTerms(group: Group(id: id, name: "Gruppe \(below(100))"), terms: terms)
    }

    private mutating func change(now: Int64) -> DrawnChange {
        // A feed may tell of something late, so that it is older than an erasure.
        let time = now - Int64(below(20_000))
        if once(in: 6) { return .remove(key: once(in: 50) ? "" : key(), at: time) }
        let key = once(in: 100) ? "" : key()
        let name = (0...below(2)).map { _ in one(of: Self.words) }
        let identifiers = (0..<below(5)).map { _ in identifier() }
        let isTooLarge = once(in: 100)
        let record = CustomerRecord(
            key: key, name: name.map(\.written).joined(separator: " "),
            firstName: isTooLarge ? String(repeating: "x", count: 300) : name[0].written, language: "nb",
            identifiers: identifiers.map(\.given), groupIDs: (0..<below(3)).map { _ in one(of: Self.groups) },
            loyalty: Loyalty(
                discountBasisPoints: once(in: 3) ? UInt32(below(2_000)) : nil,
                bonusesHundredths: once(in: 2) ? Int64(below(100_000)) : nil),
            permissions: once(in: 4)
                ? [
                    Permission(
                        name: "sms", granted: once(in: 2), consentText: "Ja takk",
                        changedAt: Date(timeIntervalSince1970: Double(time) / 1_000))
                ] : [],
            changedAt: Date(timeIntervalSince1970: Double(time) / 1_000), isDated: !once(in: 3))
        return .upsert(
            DrawnRecord(record: record, kept: identifiers.compactMap(\.kept), words: name.map(\.searched)))
    }
}
