import Foundation
import Storage

/// Takes one page into the rows, within a transaction.
struct PageApplication {
    private let rows: ReplicaRows
    private let region: PhoneRegion
    private var tokens: NameTokens
    private var applied = AppliedPage()
    private var groups: [String: Int64] = [:]
    private var feed: Int64 = 0
    /// How many customers more there are.
    private var difference = 0
    /// The tokens of new customers, written at the end in the order of the index, which costs a fraction.
    private var newTokens: [(token: Int64, customer: Int64)] = []
    /// Customers whose records did not open, and were written anew or removed.
    private var replaced: [Int64] = []

    init(rows: ReplicaRows, region: PhoneRegion) {
        self.rows = rows
        self.region = region
        tokens = NameTokens(keys: rows.keys)
    }

    /// - Returns: what became of the page, and the numbers of customers whose records could not be read and are replaced.
    /// - Throws: what the database refuses; the transaction must not be committed then.
    consuming func apply(_ page: ChangePage, now: Date) throws -> (applied: AppliedPage, replaced: [Int64]) {
        guard let feed = try rows.feed(page, now: now.milliseconds) else {
            throw CustomersError(
                .pageRefused, "The company has \(CustomersLimits.feedsMax) feeds already. Remove a connector.")
        }
        self.feed = feed
        groups = try rows.groups(feed: feed)
        for group in page.groups { _ = try take(group) }
        var postponed: [Int] = []
        for (row, change) in page.customers.enumerated() {
            // A card may pass from one customer to another in one page, in either order.
            if try take(change, of: page.feed, row: row) == .identifierTaken { postponed.append(row) }
        }
        try takePostponed(postponed, of: page)
        try writeNewTokens()
        try rows.addToCount(difference)
        applied.findings.sort { $0.row < $1.row }
        return (applied, replaced)
    }

    /// Takes rows whose cards others had when their turn came.
    private mutating func takePostponed(_ postponed: [Int], of page: ChangePage) throws {
        let left = try postponed.filter { try take(page.customers[$0], of: page.feed, row: $0) != nil }
        // Those that wait for each other, in a ring even, go on together, once each has let go of what it had.
        var exchange = CardExchange()
        for row in left {
            guard case .upsert(let record) = page.customers[row] else { continue }
            let id = rows.keys.customerID(feed: page.feed, key: record.key)
            let cards = record.understood(region: region).forms.filter { !$0.isShared }
            exchange.add(row: row, customer: try rows.customer(id)?.number, wants: cards)
        }
        let ring = try exchange.possible { [rows] in try rows.holder(of: $0, blind: rows.keys.blind($0.value, $0.kind))
        }
        for row in left where ring.contains(row) {
            guard case .upsert(let record) = page.customers[row] else { continue }
            guard let present = try rows.customer(rows.keys.customerID(feed: page.feed, key: record.key)) else {
                continue
            }
            try removeIndexRows(of: present.number, sealed: present.sealed)
        }
        for row in left where try !ring.contains(row) || take(page.customers[row], of: page.feed, row: row) != nil {
            note(.identifierTaken, row)
        }
    }

    /// Removes a customer and leaves a tombstone.
    /// - Returns: whether the customer was there, and the number if the record could not be read.
    consuming func erase(_ id: CustomerID, at time: Date) throws -> (found: Bool, replaced: [Int64]) {
        let found = try remove(id, at: time)
        try rows.addToCount(difference)
        return (found, replaced)
    }

    // MARK: One row

    /// - Returns: `identifierTaken` when the row may be taken later.
    private mutating func take(_ change: CustomerChange, of feed: String, row: Int) throws -> RowFinding.Reason? {
        switch change {
        case .remove(let key, let time):
            guard PageApplication.isUsable(key) else {
                note(.keyUnusable, row)
                return nil
            }
            if try remove(rows.keys.customerID(feed: feed, key: key), at: time) { applied.removed += 1 }
        case .upsert(let record):
            if let reason = record.refusal {
                note(reason, row)
                return nil
            }
            return try take(record, rows.keys.customerID(feed: feed, key: record.key), row: row)
        }
        return nil
    }

    private mutating func take(_ record: CustomerRecord, _ id: CustomerID, row: Int) throws -> RowFinding.Reason? {
        let erasedAt = try rows.erasedAt(id)
        if let erasedAt, record.changedAt.milliseconds <= erasedAt {
            note(.erased, row)
            return nil
        }
        let present = try rows.customer(id)
        let (kept, forms) = record.understood(region: region)
        var blinds: [[UInt8]] = []
        for form in forms {
            let blind = rows.keys.blind(form.value, form.kind)
            if !form.isShared, let holder = try rows.holder(of: form, blind: blind), holder != present?.number {
                return .identifierTaken
            }
            blinds.append(blind)
        }
        if kept.identifiers.count < record.identifiers.count { note(.identifierLeftOut, row) }
        let numbers = try groupNumbers(of: record, row: row)
        let plain = RecordEncoder.encode(kept, id: id, feed: feed, groups: numbers)
        let sealed = try rows.keys.records.seal(plain)
        let number = try write(sealed, id: id, present: present)
        for (form, blind) in zip(forms, blinds) { try rows.insert(form, blind: blind, customer: number) }
        for token in tokens.tokens(of: record.name) { newTokens.append((token, number)) }
        if erasedAt != nil { try rows.unbury(id) }
        applied.upserted += 1
        return nil
    }

    private mutating func write(
        _ sealed: [UInt8], id: CustomerID, present: (number: Int64, sealed: [UInt8])?
    ) throws -> Int64 {
        guard let present else {
            let number = try rows.insert(id, sealed: sealed)
            difference += 1
            return number
        }
        try removeIndexRows(of: present.number, sealed: present.sealed)
        try rows.update(present.number, sealed: sealed)
        return present.number
    }

    private mutating func remove(_ id: CustomerID, at time: Date) throws -> Bool {
        try rows.bury(id, at: time.milliseconds)
        guard let present = try rows.customer(id) else { return false }
        try removeIndexRows(of: present.number, sealed: present.sealed)
        try rows.delete(present.number)
        difference -= 1
        return true
    }

    /// The record names its own index rows. Where it does not open, they are looked for.
    private mutating func removeIndexRows(of number: Int64, sealed: [UInt8]) throws {
        // The number may come again for another customer, or the rows of this one still be on their way.
        if !newTokens.isEmpty { try writeNewTokens() }
        guard let plain = try? rows.keys.records.open(sealed), let record = RecordDecoder.decode(plain) else {
            try rows.sweep(number)
            replaced.append(number)
            return
        }
        for form in IdentifierForm.forms(of: record.identifiers, region: region) {
            try rows.delete(form, customer: number)
        }
        for token in tokens.tokens(of: record.name) { try rows.delete(token: token, customer: number) }
    }

    private mutating func writeNewTokens() throws {
        newTokens.sort { ($0.token, $0.customer) < ($1.token, $1.customer) }
        for (token, customer) in newTokens { try rows.insert(token: token, customer: customer) }
        newTokens.removeAll(keepingCapacity: true)
    }

    // MARK: Groups

    private mutating func take(_ terms: GroupTerms) throws -> Int64? {
        let group = terms.group
        guard (1...CustomersLimits.groupBytesMax).contains(group.id.utf8.count),
            group.name.utf8.count <= CustomersLimits.groupBytesMax
        else { return nil }
        guard let number = try rows.write(terms, feed: feed, isKnown: groups[group.id] != nil) else { return nil }
        groups[group.id] = number
        return number
    }

    /// A group that the feed has not described yet has its id for a name, and no terms.
    private mutating func groupNumbers(of record: CustomerRecord, row: Int) throws -> [Int64] {
        var numbers: [Int64] = []
        for id in record.groupIDs {
            let known = groups[id]
            guard let number = try known ?? take(GroupTerms(group: Group(id: id, name: id), terms: Loyalty())) else {
                note(.groupLeftOut, row)
                continue
            }
            if !numbers.contains(number) { numbers.append(number) }
        }
        return numbers
    }

    private mutating func note(_ reason: RowFinding.Reason, _ row: Int) {
        let finding = RowFinding(row: row, reason: reason)
        if applied.findings.last != finding { applied.findings.append(finding) }
    }

    private static func isUsable(_ key: String) -> Bool {
        (1...CustomersLimits.keyBytesMax).contains(key.utf8.count)
    }
}
