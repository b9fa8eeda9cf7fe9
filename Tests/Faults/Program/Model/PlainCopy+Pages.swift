import Customers

/// What must be said of a page.
struct PlainOutcome: Equatable {
    var upserted = 0
    var removed = 0
    var moved = 0
    var findings: [RowFinding] = []

    init() {}

    init(_ applied: AppliedPage) {
        (upserted, removed, moved) = (applied.upserted, applied.removed, applied.moved)
        findings = applied.findings
    }
}

extension PlainCopy {
    /// Takes a page as it must be taken, and says what must be said of it.
    mutating func apply(_ page: DrawnPage, now: Int64) -> PlainOutcome {
        lay()
        var applied = PlainOutcome()
        take(page, now: now)
        var postponed: [Int] = []
        for (row, change) in page.changes.enumerated() where take(change, row, of: page, &applied) {
            postponed.append(row)
        }
        // Whoever waited for a card that somebody let go later in the page has it now.
        let left = postponed.filter { take(page.changes[$0], $0, of: page, &applied) }
        let together = exchange(left, of: page)
        for row in left where together.contains(row) {
            let key = Key(feed: page.feed, key: page.changes[row].key)
            guard let drawn = people[key] else { continue }
            people[key] = DrawnRecord(
                record: drawn.record, kept: drawn.kept.filter { $0.type.isShared }, words: drawn.words)
        }
        var stuck = left.filter { !together.contains($0) || take(page.changes[$0], $0, of: page, &applied) }
        // From customers whom the page does not name, cards go over to those whom it does.
        while true {
            let waiting = stuck.filter {
                !move($0, of: page, &applied) || take(page.changes[$0], $0, of: page, &applied)
            }
            if waiting.count == stuck.count { break }
            stuck = waiting
        }
        for row in stuck { applied.findings.append(RowFinding(row: row, reason: .identifierTaken)) }
        applied.findings.sort { $0.row < $1.row }
        return applied
    }

    /// Somebody asks to be forgotten.
    mutating func erase(_ key: Key, at time: Int64) -> Bool {
        lay()
        asked[key] = max(asked[key] ?? .min, time)
        return remove(key, at: time, isAsked: true)
    }

    /// Somebody who was forgotten wants to be a customer again.
    mutating func readmit(_ key: Key) -> Bool {
        let wasAsked = asked.removeValue(forKey: key) != nil
        return graves.removeValue(forKey: key) != nil || wasAsked
    }

    private mutating func remove(_ key: Key, at time: Int64, isAsked: Bool) -> Bool {
        let before = graves[key]
        graves[key] = Grave(time: max(before?.time ?? .min, time), isAsked: isAsked || before?.isAsked == true)
        guard people.removeValue(forKey: key) != nil else { return false }
        departed.append(key)
        return true
    }

    private mutating func take(_ page: DrawnPage, now: Int64) {
        let known = feeds[page.feed]
        let isLate = known?.isComplete == true && !page.isComplete
        feeds[page.feed] = Feed(
            cursor: page.cursor, appliedAt: isLate ? known?.appliedAt ?? now : now,
            isComplete: known?.isComplete == true || page.isComplete)
        for terms in page.groups { groups[page.feed, default: [:]][terms.group.id] = terms }
    }

    /// - Returns: whether the row has to wait for a card that another customer has.
    private mutating func take(
        _ change: DrawnChange, _ row: Int, of page: DrawnPage, _ applied: inout PlainOutcome
    ) -> Bool {
        func note(_ reason: RowFinding.Reason) { applied.findings.append(RowFinding(row: row, reason: reason)) }
        let key = Key(feed: page.feed, key: change.key)
        guard !change.key.isEmpty else {
            note(.keyUnusable)
            return false
        }
        switch change {
        case .remove(_, let time): if remove(key, at: time, isAsked: false) { applied.removed += 1 }
        case .upsert(let drawn):
            guard drawn.record.firstName.utf8.count <= CustomersLimits.nameBytesMax else {
                note(.tooLarge)
                return false
            }
            if let grave = graves[key], drawn.changedAt <= grave.time || grave.isAsked && !drawn.record.isDated {
                note(.erased)
                return false
            }
            for value in drawn.unique {
                if let holder = holder(of: value), holder != key { return true }
            }
            if drawn.isLessThanGiven { note(.identifierLeftOut) }
            for id in drawn.record.groupIDs where groups[page.feed]?[id] == nil {
                let unknown = GroupTerms(group: Group(id: id, name: id), terms: Loyalty())
                groups[page.feed, default: [:]][id] = unknown
            }
            people[key] = drawn
            graves[key] = nil
            applied.upserted += 1
        }
        return false
    }

    /// Takes away from others what a row wants, where all of it can be.
    private mutating func move(_ row: Int, of page: DrawnPage, _ applied: inout PlainOutcome) -> Bool {
        guard case .upsert(let drawn) = page.changes[row] else { return false }
        let named = page.changes.map { Key(feed: page.feed, key: $0.key) }
        let own = Key(feed: page.feed, key: drawn.record.key)
        guard named.lastIndex(of: own) == row else { return false }
        let held = drawn.unique.compactMap { value in holder(of: value).map { (value, $0) } }.filter { $0.1 != own }
        guard held.allSatisfy({ $0.1.feed == page.feed && !named.contains($0.1) }) else { return false }
        for (value, giver) in held {
            guard let record = people[giver] else { continue }
            people[giver] = record.without(value)
            applied.moved += 1
        }
        return true
    }

    /// The rows that can go on together because each lets go of what another wants: the most that can.
    private func exchange(_ left: [Int], of page: DrawnPage) -> Set<Int> {
        func key(_ row: Int) -> Key { Key(feed: page.feed, key: page.changes[row].key) }
        func unique(_ row: Int) -> Set<String> {
            if case .upsert(let drawn) = page.changes[row] { drawn.unique } else { [] }
        }
        var able: Set<Int> = []
        var wanted: Set<String> = []
        for row in left {
            let isLast = people[key(row)] == nil || left.last { key($0) == key(row) } == row
            guard isLast, wanted.isDisjoint(with: unique(row)) else { continue }
            wanted.formUnion(unique(row))
            able.insert(row)
        }
        while true {
            let stuck = able.filter { row in
                unique(row).contains { value in
                    guard let owner = holder(of: value), owner != key(row) else { return false }
                    guard let giver = left.last(where: { key($0) == owner }) else { return true }
                    return !able.contains(giver) || unique(giver).contains(value)
                }
            }
            guard !stuck.isEmpty else { return able }
            able.subtract(stuck)
        }
    }
}
