import Customers
import Foundation

/// Customers made up from their numbers, the same ones each time. Each has a card that is printed as EAN-13, a phone
/// number, an e-mail address, a group, a balance and a permission.
enum BenchCustomers {
    static let feed = "bench"
    static let company = "bench"
    static let region = "NO"
    /// Rows of a page, as a first load has them.
    static let pageRows = 50_000

    private static let firstNames = [
        "Anna", "Bjørn", "Camilla", "Dmytro", "Eva", "Fredrik", "Guro", "Håkon", "Ingrid", "Jonas", "Kari", "Lars",
        "Maria", "Nils", "Olena", "Per", "Ragnhild", "Sofie", "Taras", "Unni", "Vegard", "Yngve", "Zoya", "Åse",
    ]
    private static let lastNames = [
        "Andersen", "Berg", "Christensen", "Dahl", "Eriksen", "Fjeld", "Gundersen", "Hansen", "Iversen", "Johansen",
        "Kristiansen", "Larsen", "Moen", "Nilsen", "Olsen", "Pedersen", "Rasmussen", "Shevchenko", "Solberg",
        "Strand", "Tkachenko", "Ulriksen", "Vik", "Wold", "Ødegård", "Aas", "Bakken", "Haugen", "Lie", "Myhre", "Ruud",
    ]
    private static let changedAt = Date(timeIntervalSince1970: 1_767_225_600)

    /// 13 digits with their check digit (GS1 General Specifications, section 7.9).
    static func card(_ index: Int) -> String {
        let body = "29" + padded(index, to: 10)
        let sum = body.utf8.enumerated().reduce(0) {
            $0 + Int($1.element - 0x30) * ($1.offset.isMultiple(of: 2) ? 1 : 3)
        }
        return "\(body)\((10 - sum % 10) % 10)"
    }

    static func phone(_ index: Int) -> String { "+479" + padded(index, to: 7) }

    /// What somebody types to find a customer by name: the beginnings of both words.
    static func beginnings(_ index: Int) -> String {
        let name = record(index).name.split(separator: " ")
        return name.map { $0.prefix(4) }.joined(separator: " ")
    }

    /// Some customers whose balances have changed, as a feed tells of it.
    /// - Parameter turn: makes each such page another one.
    static func changes(_ indexes: [Int], turn: Int, of count: Int) -> ChangePage {
        let customers = indexes.map { index in
            var record = record(index)
            record.loyalty.bonusesHundredths = Int64(turn)
            return CustomerChange.upsert(record)
        }
        return ChangePage(feed: feed, cursor: Array("\(count)".utf8), isComplete: true, customers: customers)
    }

    /// - Parameter isNamed: names bring search tokens with them, ten for each word or so.
    static func record(_ index: Int, isNamed: Bool = true) -> CustomerRecord {
        let firstName = firstNames[index % firstNames.count]
        let lastName = lastNames[index / firstNames.count % lastNames.count]
        return CustomerRecord(
            key: "\(index)", name: isNamed ? "\(firstName) \(lastName)" : "", firstName: firstName, language: "nb",
            identifiers: [
                Identifier(type: .customerCard, value: card(index)), Identifier(type: .phone, value: phone(index)),
                Identifier(type: .email, value: "customer\(index)@example.com"),
            ],
            groupIDs: index.isMultiple(of: 4) ? ["gold"] : ["bonus"],
            loyalty: Loyalty(bonusesHundredths: Int64(index % 50_000)),
            permissions: [Permission(name: "sms", granted: true, consentText: "Offers by SMS.", changedAt: changedAt)],
            changedAt: changedAt)
    }

    /// The page that begins with this customer.
    static func page(from start: Int, count: Int, isNamed: Bool = true) -> ChangePage {
        let end = min(start + pageRows, count)
        return ChangePage(
            feed: feed, cursor: Array("\(end)".utf8), isComplete: end == count,
            groups: [
                GroupTerms(group: Group(id: "gold", name: "Gold"), terms: Loyalty(discountBasisPoints: 1_000)),
                GroupTerms(group: Group(id: "bonus", name: "Bonus"), terms: Loyalty(cashbackBasisPoints: 300)),
            ],
            customers: (start..<end).map { .upsert(record($0, isNamed: isNamed)) })
    }

    private static func padded(_ number: Int, to count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
}
