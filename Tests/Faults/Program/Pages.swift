import Customers
import Foundation

/// The pages of a feed that gives the same ones for the same seed, and what the copy must hold after each.
struct Pages: Sendable {
    static let feed = "members"
    private static let keys = 24
    private static let changes = 4
    private static let begin = Date(timeIntervalSince1970: 1_795_521_600)

    let seed: UInt64

    /// The page after so many.
    func page(_ number: Int) -> ChangePage {
        var random = SplitMix(seed: seed &+ UInt64(number) &* 7_919)
        let time = Self.begin + Double(number)
        var changes: [CustomerChange] = []
        for key in Set((0..<Self.changes).map { _ in Int(random.next() % UInt64(Self.keys)) }).sorted() {
            if random.next() % 4 == 0 {
                changes.append(.remove(key: "\(key)", at: time))
            } else {
                let identifiers = [
                    Identifier(type: .customerCard, value: Self.card(key)),
                    Identifier(type: .phone, value: "+47900000\(key + 10)"),
                ]
                changes.append(
                    .upsert(
                        CustomerRecord(
                            key: "\(key)", name: "Kunde \(number)", identifiers: identifiers, changedAt: time)))
            }
        }
        return ChangePage(feed: Self.feed, cursor: Array("\(number)".utf8), isComplete: true, customers: changes)
    }

    /// The names of the customers by their cards after so many pages; no name for those who are gone.
    func names(after count: Int) -> [String: String] {
        var names: [String: String] = [:]
        for number in stride(from: 1, through: count, by: 1) {
            for change in page(number).customers {
                switch change {
                case .upsert(let record): names[record.identifiers[0].value] = record.name
                case .remove(let key, _): names[Self.card(Int(key) ?? 0)] = nil
                }
            }
        }
        return names
    }

    var cards: [String] { (0..<Self.keys).map(Self.card) }

    private static func card(_ key: Int) -> String { "CARD\(key)" }
}

/// Random numbers that come again with their seed: SplitMix64 (https://prng.di.unimi.it/splitmix64.c).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
