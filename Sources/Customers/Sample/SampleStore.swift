import Foundation
import GS1

/// A store's customers that never were, for a trial without any system outside: the same ones each time.
///
/// Their cards, names and e-mail addresses (RFC 2606) are made up. Their phone numbers have the form of their countries'.
package enum SampleStore {
    /// The feed the customers come from.
    package static let feed = "sample"
    /// How many there are.
    package static let customersCount = 1_200

    /// Puts the customers into a replica.
    /// - Throws: ``CustomersError`` when the file cannot be written.
    package static func fill(_ replica: Replica) throws(CustomersError) {
        try replica.apply(page())
    }

    /// The customers as a feed would give them, complete with one page.
    package static func page() -> ChangePage {
        let records = named + (named.count..<customersCount).map(record)
        return ChangePage(
            feed: feed, cursor: Array("sample 1".utf8), isComplete: true, groups: groups,
            customers: records.map { .upsert($0) })
    }

    static let groups = [
        GroupTerms(group: Group(id: "gold", name: "Gold"), terms: Loyalty(discountBasisPoints: 1_000)),
        GroupTerms(group: Group(id: "staff", name: "Staff"), terms: Loyalty(discountBasisPoints: 2_000)),
        GroupTerms(group: Group(id: "bonus", name: "Bonus"), terms: Loyalty(cashbackBasisPoints: 300)),
    ]

    /// 2026-01-01 00:00:00 UTC: when the customers last changed.
    static let changedAt = Date(timeIntervalSince1970: 1_767_225_600)

    /// A customer by the place in the list.
    private static func record(_ index: Int) -> CustomerRecord {
        var numbers = SampleNumbers(seed: UInt64(index))
        let names = numbers.pick(SampleNames.all)
        let firstName = numbers.pick(names.firstNames)
        let lastName = numbers.pick(names.lastNames)
        return CustomerRecord(
            key: "\(10_000 + index)", name: "\(firstName) \(lastName)", firstName: firstName, language: names.language,
            identifiers: identifiers(index, names, &numbers), groupIDs: groupIDs(&numbers),
            loyalty: index.isMultiple(of: 3)
                ? Loyalty(bonusesHundredths: Int64(numbers.next(below: 50_000)))
                : Loyalty(discountBasisPoints: index.isMultiple(of: 7) ? 1_500 : nil),
            permissions: permissions(&numbers), changedAt: changedAt)
    }

    private static func identifiers(
        _ index: Int, _ names: SampleNames, _ numbers: inout SampleNumbers
    ) -> [Identifier] {
        let code = PhoneRegion(names.region)?.countryCode ?? ""
        var identifiers = [
            Identifier(type: .customerCard, value: ean13(body: "21\(numbers.digits(4))\(padded(index, to: 6))")),
            Identifier(type: .phone, value: "+\(code)\(numbers.filled(names.phone))"),
            Identifier(type: .email, value: "customer\(index)@example.com"),
            Identifier(type: .externalID, value: "\(10_000 + index)"),
        ]
        // What Cardu's members show on their phones.
        if index.isMultiple(of: 2) {
            identifiers.append(Identifier(type: .customerCard, value: "CU\(padded(index, to: 5))\(numbers.letters(9))"))
        }
        if index.isMultiple(of: 5) {
            identifiers.append(Identifier(type: .linkedCard, value: "LIB\(padded(index, to: 8))"))
        }
        return identifiers
    }

    private static func groupIDs(_ numbers: inout SampleNumbers) -> [String] {
        switch numbers.next(below: 10) {
        case 0...1: ["gold"]
        case 2...5: ["bonus"]
        case 6: ["staff"]
        case 7: ["gold", "bonus"]
        default: []
        }
    }

    private static func permissions(_ numbers: inout SampleNumbers) -> [Permission] {
        [("email", "News and offers by e-mail."), ("sms", "News and offers by SMS.")].map { name, text in
            Permission(name: name, granted: numbers.next(below: 2) == 1, consentText: text, changedAt: changedAt)
        }
    }

    private static func padded(_ number: Int, to count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }

    /// The number with its check digit (GS1 General Specifications, section 7.9).
    static func ean13(body: String) -> String {
        let found = (0...9).first { CheckDigit.holds(Array("\(body)\($0)".utf8)) }
        return body + String(found ?? 0)
    }
}
