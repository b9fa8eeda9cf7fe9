import Foundation
import Storage

/// Takes one page into the rows, within a transaction.
struct PageApplication {
    let rows: ReplicaRows
    let region: PhoneRegion
    var applied = AppliedPage()
    private var groups: [String: Int64] = [:]
    private(set) var feed: Int64 = 0
    var preparation: PagePreparation
    /// By which the index rows of records are known that are not rewritten yet; `nil` unless the store's key changes.
    private var preparationBefore: PagePreparation?
    /// The feed of customers who were made in the store; `nil` when none was.
    private let provisional: Int64?
    /// How many customers more there are.
    private var difference = 0
    var pending = PendingIndex()
    /// Whether anybody was erased; most replicas never look.
    private var mayBeErased: Bool
    /// Customers whose records did not open, and were written anew or removed.
    private var replaced: [Int64] = []

    /// What may be in the file; `nil` where only the file knows.
    private var filter: KeyFilter?

    /// - Parameter filter: what the application before this one gave back; `nil` when there was none.
    init(rows: ReplicaRows, region: PhoneRegion, filter: KeyFilter? = nil) throws {
        self.rows = rows
        self.region = region
        self.filter = filter?.generation == rows.keys.generation ? filter : nil
        mayBeErased = try rows.hasTombstones()
        provisional = try rows.provisionalFeed()
        preparation = PagePreparation(keys: rows.keys, region: region)
        preparationBefore = rows.keys.before.map { PagePreparation(keys: $0, region: region) }
    }

    /// - Returns: what became of the page, the numbers of customers whose records could not be read and are replaced, and
    ///   what the next page of a first load may be asked by.
    /// - Throws: what the database refuses; the transaction must not be committed then.
    consuming func apply(
        _ page: ChangePage, now: Date
    ) throws -> (applied: AppliedPage, replaced: [Int64], filter: KeyFilter?) {
        if filter == nil, page.customers.count >= CustomersLimits.largePageRows, try !rows.hasCustomers() {
            filter = KeyFilter(generation: rows.keys.generation)
        }
        guard let feed = try rows.feed(page, now: now.milliseconds) else {
            throw CustomersError(
                .pageRefused, "The company has \(CustomersLimits.feedsMax) feeds already. Remove a connector.")
        }
        self.feed = feed
        groups = try rows.groups(feed: feed)
        for group in page.groups { _ = try take(group) }
        preparation = PagePreparation(
            keys: rows.keys, region: region, feed: page.feed, feedNumber: feed, groups: groups)
        let prepared = PreparedPage(page.customers, preparation: preparation)
        var postponed: [Int] = []
        var row = 0
        while row < page.customers.count {
            for change in try prepared.batch() {
                // A card may pass from one customer to another in one page, in either order.
                if try take(change, row: row) == .identifierTaken { postponed.append(row) }
                row += 1
            }
        }
        for merge in page.merges { try take(merge, of: page.feed) }
        try takePostponed(postponed, of: page)
        try pending.write(to: rows)
        try rows.addToCount(difference)
        applied.findings.sort { $0.row < $1.row }
        return (applied, replaced, page.isComplete ? nil : filter)
    }

    /// Removes a customer whom the store was asked to forget, and leaves a tombstone.
    /// - Returns: whether the customer was there, and the number if the record could not be read.
    consuming func erase(_ id: CustomerID, at time: Date) throws -> (found: Bool, replaced: [Int64]) {
        let found = try remove(id, Tombstone(erasedAt: time.milliseconds, isAsked: true))
        try rows.addToCount(difference)
        return (found, replaced)
    }

    // MARK: Rows whose turn comes later

    /// Takes rows whose cards others had when their turn came.
    private mutating func takePostponed(_ postponed: [Int], of page: ChangePage) throws {
        let left = try postponed.filter { row in
            try take(preparation.prepare(page.customers[row]), row: row) != nil
        }
        guard !left.isEmpty else { return }
        try pending.write(to: rows)
        // Those that wait for each other, in a ring even, go on together, once each has let go of what it had.
        var exchange = CardExchange()
        for row in left {
            guard case .upsert(let customer) = try preparation.prepare(page.customers[row]) else { continue }
            exchange.add(
                row: row, customer: try rows.customer(customer.id)?.number,
                wants: customer.entries.filter { !$0.form.isShared })
        }
        let ring = try exchange.possible { [rows] in try rows.holder(of: $0) }
        for row in left where ring.contains(row) {
            guard case .upsert(let customer) = try preparation.prepare(page.customers[row]),
                let present = try rows.customer(customer.id)
            else { continue }
            try removeIndexRows(of: present.number, sealed: present.sealed)
        }
        let others = try left.filter { row in
            try !ring.contains(row) || take(preparation.prepare(page.customers[row]), row: row) != nil
        }
        for row in try takeMoves(others, of: page) { note(.identifierTaken, row) }
    }

    // MARK: One row

    /// - Returns: `identifierTaken` when the row may be taken later.
    mutating func take(_ change: PreparedChange, row: Int) throws -> RowFinding.Reason? {
        switch change {
        case .refused(let reason): note(reason, row)
        case .remove(let id, let time):
            if try remove(id, Tombstone(erasedAt: time, isAsked: false)) { applied.removed += 1 }
        case .upsert(let customer): return try take(customer, row: row)
        }
        return nil
    }

    private mutating func take(_ merge: CustomerMerge, of feed: String) throws {
        let isUsable = [merge.key, merge.into].allSatisfy { (1...CustomersLimits.keyBytesMax).contains($0.utf8.count) }
        guard isUsable, merge.key != merge.into else { return }
        let id = rows.keys.customerID(feed: feed, key: merge.key)
        // A source that says so once more brings nothing new.
        guard try rows.tombstone(of: id) == nil || rows.customer(id) != nil else { return }
        let successor = rows.keys.customerID(feed: feed, key: merge.into)
        // What belongs to somebody who was erased would never be erased again.
        let isErased = try rows.tombstone(of: successor) != nil && rows.customer(successor) == nil
        _ = try remove(
            id, Tombstone(erasedAt: merge.at.milliseconds, isAsked: false), successor: isErased ? nil : successor)
        applied.merged += 1
    }

    /// Ends a customer who was made in the store and whom a source gives now: he goes on as that one.
    private mutating func meet(_ customer: PreparedCustomer) throws {
        guard let provisional, provisional != feed else { return }
        let meeting = ProvisionalMeeting(customer)
        var same: [CustomerID] = []
        var likely: [CustomerID] = []
        var seen: Set<Int64> = []
        for entry in customer.entries {
            for number in try rows.holders(of: entry) where seen.insert(number).inserted {
                guard let sealed = try rows.customer(number: number), let plain = try? rows.keys.records.open(sealed),
                    let record = RecordDecoder.decode(plain), record.feed == provisional
                else { continue }
                switch meeting.likeness(of: record, region: region) {
                case .same: same.append(record.id)
                case .likely: likely.append(record.id)
                case .another: break
                }
            }
        }
        // Of several who may be him, the cashier chooses; none of them is taken for him.
        let met = same.isEmpty && likely.count == 1 ? likely : same
        for id in met {
            let time = customer.record.changedAt.milliseconds
            _ = try remove(id, Tombstone(erasedAt: time, isAsked: false), successor: customer.id)
            applied.merged += 1
        }
    }

    private mutating func take(_ customer: PreparedCustomer, row: Int) throws -> RowFinding.Reason? {
        let tombstone = mayBeErased ? try rows.tombstone(of: customer.id) : nil
        // Whoever was made in the store was made once: where he is gone, he goes on as another one, or was given up.
        if let tombstone, feed == provisional || !tombstone.admits(customer.record) {
            note(.erased, row)
            return nil
        }
        try meet(customer)
        let present = try present(customer.id)
        for entry in customer.entries where !entry.form.isShared {
            guard let holder = try holder(of: entry) else { continue }
            if holder != present?.number { return .identifierTaken }
        }
        remember(customer)
        if customer.isLessThanGiven { note(.identifierLeftOut, row) }
        let sealed = try customer.sealed ?? seal(customer, row: row)
        if let present {
            try update(present.number, from: present.sealed, to: customer, sealed: sealed)
        } else {
            let number = try rows.insert(customer.id, sealed: sealed)
            difference += 1
            pending.add(customer.entries, customer.tokens, of: number)
        }
        if tombstone != nil { try rows.unbury(customer.id) }
        applied.upserted += 1
        return nil
    }

    private func present(_ id: CustomerID) throws -> (number: Int64, sealed: [UInt8])? {
        if let filter, !filter.mayHave(id.digest, kind: 0) { return nil }
        return try rows.customer(id)
    }

    private func holder(of entry: PreparedCustomer.Entry) throws -> Int64? {
        if let holder = pending.holder(of: entry) { return holder }
        if let filter, !filter.mayHave(entry.blind, kind: entry.form.column) { return nil }
        return try rows.holder(of: entry)
    }

    private mutating func remember(_ customer: PreparedCustomer) {
        guard filter != nil else { return }
        filter?.add(customer.id.digest, kind: 0)
        for entry in customer.entries where !entry.form.isShared {
            filter?.add(entry.blind, kind: entry.form.column)
        }
    }

    private mutating func seal(_ customer: PreparedCustomer, row: Int) throws -> [UInt8] {
        let numbers = try groupNumbers(of: customer.record, row: row)
        return try rows.keys.records.seal(
            RecordEncoder.encode(customer.record, id: customer.id, feed: feed, groups: numbers))
    }

    /// Writes a customer anew, and of the index what has changed: most changes are to a balance.
    private mutating func update(
        _ number: Int64, from before: [UInt8], to customer: PreparedCustomer, sealed: [UInt8]
    ) throws {
        try pending.write(to: rows)
        if isSame(before, as: customer) { applied.unchanged += 1 }
        if let (entries, tokens) = index(of: before) {
            let (given, names) = (Set(customer.entries), Set(customer.tokens))
            for entry in entries where !given.contains(entry) { try rows.delete(entry, customer: number) }
            for token in tokens where !names.contains(token) { try rows.delete(token: token, customer: number) }
        } else {
            try rows.sweep(number)
            replaced.append(number)
        }
        try rows.update(number, sealed: sealed)
        for entry in customer.entries { try rows.keep(entry, customer: number) }
        for token in customer.tokens { try rows.insert(token: token, customer: number) }
    }

    /// Whether a record of the file says what a customer's says now.
    private func isSame(_ sealed: [UInt8], as customer: PreparedCustomer) -> Bool {
        var numbers: [Int64] = []
        for number in customer.record.groupIDs.compactMap({ groups[$0] }) where !numbers.contains(number) {
            numbers.append(number)
        }
        let plain = RecordEncoder.encode(customer.record, id: customer.id, feed: feed, groups: numbers)
        return (try? rows.keys.records.open(sealed)) == plain
    }

    private mutating func remove(
        _ id: CustomerID, _ tombstone: Tombstone, successor: CustomerID? = nil
    ) throws -> Bool {
        mayBeErased = true
        try rows.bury(id, tombstone)
        guard let present = try rows.customer(id) else {
            // What the store keeps of one whom the copy has lost goes on as well.
            if let successor { try rows.depart(id, sealed: [], successor: successor) }
            return false
        }
        try rows.depart(id, sealed: present.sealed, successor: successor)
        try removeIndexRows(of: present.number, sealed: present.sealed)
        try rows.delete(present.number)
        difference -= 1
        return true
    }

    /// The record names its own index rows. Where it does not open, they are looked for.
    mutating func removeIndexRows(of number: Int64, sealed: [UInt8]) throws {
        // The number may come again for another customer, or the rows of this one still be on their way.
        try pending.write(to: rows)
        guard let (entries, tokens) = index(of: sealed) else {
            try rows.sweep(number)
            replaced.append(number)
            return
        }
        for entry in entries { try rows.delete(entry, customer: number) }
        for token in tokens { try rows.delete(token: token, customer: number) }
    }

    /// - Returns: `nil` when the record cannot be read.
    private mutating func index(of sealed: [UInt8]) -> (entries: [PreparedCustomer.Entry], tokens: [Int64])? {
        guard let plain = try? rows.keys.records.open(sealed), let record = RecordDecoder.decode(plain) else {
            return nil
        }
        guard rows.keys.records.isOutdated(sealed) else { return preparation.index(of: record) }
        return preparationBefore?.index(of: record)
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
}
