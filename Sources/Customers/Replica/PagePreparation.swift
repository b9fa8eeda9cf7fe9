import Foundation
import Storage

/// Makes the changes of a page ready to be written. It belongs to one thread at a time.
struct PagePreparation: Sendable {
    private let keys: CompanyKeys
    private let region: PhoneRegion
    private let feed: String
    private let feedNumber: Int64
    /// The feed's groups when the page began.
    private let groups: [String: Int64]
    private var tokens: NameTokens

    init(keys: CompanyKeys, region: PhoneRegion, feed: String, feedNumber: Int64, groups: [String: Int64]) {
        self.keys = keys
        self.region = region
        self.feed = feed
        self.feedNumber = feedNumber
        self.groups = groups
        tokens = NameTokens(keys: keys)
    }

    /// For whoever only looks for index rows.
    init(keys: CompanyKeys, region: PhoneRegion) {
        self.init(keys: keys, region: region, feed: "", feedNumber: 0, groups: [:])
    }

    mutating func prepare(_ change: CustomerChange) throws -> PreparedChange {
        switch change {
        case .remove(let key, let time):
            guard (1...CustomersLimits.keyBytesMax).contains(key.utf8.count) else { return .refused(.keyUnusable) }
            return .remove(keys.customerID(feed: feed, key: key), at: time.milliseconds)
        case .upsert(let record):
            if let reason = record.refusal { return .refused(reason) }
            return .upsert(try prepare(record))
        }
    }

    private mutating func prepare(_ record: CustomerRecord) throws -> PreparedCustomer {
        let id = keys.customerID(feed: feed, key: record.key)
        let (kept, forms) = record.understood(region: region)
        return PreparedCustomer(
            id: id, record: kept, isLessThanGiven: kept.identifiers.count < record.identifiers.count,
            entries: entries(forms), tokens: tokens.tokens(of: record.name), sealed: try sealed(kept, id))
    }

    private func sealed(_ record: CustomerRecord, _ id: CustomerID) throws -> [UInt8]? {
        var numbers: [Int64] = []
        for group in record.groupIDs {
            guard let number = groups[group] else { return nil }
            if !numbers.contains(number) { numbers.append(number) }
        }
        return try keys.records.seal(RecordEncoder.encode(record, id: id, feed: feedNumber, groups: numbers))
    }

    /// What stands in the index for a record of the file.
    mutating func index(of record: RecordDecoder.Record) -> (entries: [PreparedCustomer.Entry], tokens: [Int64]) {
        (entries(IdentifierForm.forms(of: record.identifiers, region: region)), tokens.tokens(of: record.name))
    }

    private func entries(_ forms: [IdentifierForm]) -> [PreparedCustomer.Entry] {
        forms.map { PreparedCustomer.Entry(form: $0, blind: keys.blind($0.value, $0.kind)) }
    }
}
