import Customers
import Foundation

/// A record as a feed gives it, and beside it what a plain reading of it comes to: by tables of this program's own, not by the
/// product's rules.
struct DrawnRecord {
    let record: CustomerRecord
    /// The identifiers that can be understood, phone numbers as E.164 writes them.
    let kept: [Identifier]
    /// The words of the name as they are searched.
    let words: [String]

    /// What only one customer may have, with its type.
    var unique: Set<String> {
        Set(kept.filter { !$0.type.isShared }.map { "\($0.type.rawValue) \($0.value)" })
    }

    /// The same without what only one customer may have; see ``unique``.
    func without(_ value: String) -> DrawnRecord {
        let kept = kept.filter { $0.type.isShared || "\($0.type.rawValue) \($0.value)" != value }
        return DrawnRecord(record: record, kept: kept, words: words)
    }

    /// Whether the feed gave more than can be understood.
    var isLessThanGiven: Bool { kept.count < record.identifiers.count }

    var changedAt: Int64 { Int64((record.changedAt.timeIntervalSince1970 * 1_000).rounded()) }
}

/// A change as it is drawn.
enum DrawnChange {
    case upsert(DrawnRecord)
    /// At a time in milliseconds since 1970.
    case remove(key: String, at: Int64)

    var key: String {
        switch self {
        case .upsert(let drawn): drawn.record.key
        case .remove(let key, _): key
        }
    }

    var change: CustomerChange {
        switch self {
        case .upsert(let drawn): .upsert(drawn.record)
        case .remove(let key, let time): .remove(key: key, at: Date(timeIntervalSince1970: Double(time) / 1_000))
        }
    }
}

/// A page as it is drawn.
struct DrawnPage {
    let feed: String
    let cursor: [UInt8]
    let isComplete: Bool
    let groups: [GroupTerms]
    let changes: [DrawnChange]

    var page: ChangePage {
        ChangePage(
            feed: feed, cursor: cursor, isComplete: isComplete, groups: groups, customers: changes.map(\.change))
    }

    /// Those whom it removes.
    var removed: [PlainCopy.Key] {
        changes.compactMap { change in
            guard case .remove(let key, _) = change else { return nil }
            return PlainCopy.Key(feed: feed, key: key)
        }
    }
}
