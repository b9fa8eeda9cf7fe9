import Customers
import Foundation

/// Questions to the copy, and the same to the model.
extension ModelRun {
    mutating func look() throws {
        // A reader's answers may be as old as its snapshot.
        store.reader.releaseRead()
        switch drawing.below(10) {
        case 0...3:
            let (given, kept) = drawing.identifier()
            try look(given, kept)
        case 4...6: try look(code: drawing.code())
        case 7:
            try look(PlainCopy.Key(feed: drawing.one(of: Drawing.feeds), key: drawing.key()))
        case 8: try search()
        default: try lookAtFeeds()
        }
        count("look-ups")
    }

    /// Everything that is known is there, and nothing else.
    mutating func lookAtEverything() throws {
        try lookAtCopy()
        for lane in Drawing.lanes { try lookAtLane(lane) }
        try lookAtOutbox()
    }

    func lookAtCopy() throws {
        store.reader.releaseRead()
        try lookAtFeeds()
        for key in copy.people.keys { try look(key) }
        for kept in Set(copy.people.values.flatMap(\.kept)) { try look(kept, kept) }
    }

    private func look(_ given: Identifier, _ kept: Identifier?) throws {
        let answer = try store.reader.resolve(given)
        let keys = kept.map { copy.people(with: $0) } ?? []
        try compare(answer, keys, given.type, "\(given.type) \(given.value)")
    }

    private func look(code: String) throws {
        let answer = try store.reader.resolve(LabelCode(typed: code))
        if let (keys, type) = copy.people(code: code) {
            try compare(answer, keys, type, "code \(code)")
        } else if PlainCopy.number(code) != nil {
            let digits = String(repeating: "0", count: 14 - code.count) + code
            try expect(answer.resolution, is: .product(gtin14: digits), "code \(code)")
        } else {
            try compare(answer, [], .customerCard, "code \(code)")
        }
    }

    private func look(_ key: PlainCopy.Key) throws {
        let id = id(key)
        let found = try store.reader.customer(id: id)
        try expect(found?.0, is: copy.customer(key, id: id, company: ModelStore.company), "customer \(key)")
        guard let provenance = found?.1 else { return }
        try expect(provenance, is: self.provenance(of: key.feed), "what customer \(key) rests on")
    }

    private mutating func search() throws {
        let beginnings = (0...drawing.below(2)).map { _ in
            let word = drawing.one(of: Drawing.words)
            return String(word.searched.prefix(2 + drawing.below(5)))
        }
        let limit = 1 + drawing.below(CustomersLimits.searchAnswerMax)
        let found = try store.reader.search(name: beginnings.joined(separator: " "), limit: limit)
        let hits = copy.people(beginnings: beginnings).compactMap { key in
            copy.customer(key, id: id(key), company: ModelStore.company).map { customer in
                (order: copy.people[key]?.words.joined(separator: " ") ?? "", customer: customer)
            }
        }.sorted { ($0.order, $0.customer.id) < ($1.order, $1.customer.id) }
        try expect(found.customers, is: hits.prefix(limit).map(\.customer), "a search for \(beginnings)")
        try expect(found.more, is: hits.count > limit, "whether a search for \(beginnings) found more")
    }

    private func lookAtFeeds() throws {
        for feed in Drawing.feeds {
            try expect(try store.replica.cursor(of: feed), is: copy.feeds[feed]?.cursor, "the cursor of \(feed)")
        }
        let now = store.clock.milliseconds
        try expect(
            try store.replica.status(),
            is: ReplicaStatus(
                customers: UInt64(copy.people.count), ageMilliseconds: copy.age(now: now), complete: copy.isComplete),
            "the standing of the copy")
    }

    private func provenance(of feed: String) -> Provenance {
        Provenance(
            source: feed, ageMilliseconds: copy.age(of: feed, now: store.clock.milliseconds),
            complete: copy.feeds[feed]?.isComplete ?? false)
    }

    private func compare(_ answer: Answer, _ keys: [PlainCopy.Key], _ type: IdentifierType, _ what: String) throws {
        let people = keys.compactMap { copy.customer($0, id: id($0), company: ModelStore.company) }
            .sorted { $0.id < $1.id }
        switch answer.resolution {
        case .customer(let customer, let found):
            try expect([customer], is: people, what)
            try expect(found, is: type, "the type of \(what)")
        case .ambiguous(let customers, let found):
            try expect(customers.sorted { $0.id < $1.id }, is: people, what)
            try expect(found, is: type, "the type of \(what)")
        case .unknown: try expect([], is: people, what)
        default: throw Mismatch("\(what) is \(answer.resolution)")
        }
        let now = store.clock.milliseconds
        let ages = Set(keys.map(\.feed)).map { copy.age(of: $0, now: now) }
        try expect(answer.provenance.ageMilliseconds, is: ages.max() ?? copy.age(now: now), "the age of \(what)")
        if keys.count == 1 {
            try expect(answer.provenance, is: provenance(of: keys[0].feed), "what \(what) rests on")
        } else if keys.isEmpty {
            try expect(answer.provenance.complete, is: copy.isComplete, "whether the copy is complete for \(what)")
        }
    }
}
