/// Devices that have arrived and whose facts are being read: a value without threads, which is told the outcomes.
///
/// They are told of in the order of their arrival, since lanes are given out in it. One whose facts do not come is passed by
/// after a while, so that it holds up nobody but itself.
struct ArrivalQueue<ID: Hashable, Facts> {
    private struct Entry {
        let id: ID
        /// What was read; `nil` inside when there was nothing to tell.
        var facts: Facts??
        var isPassedBy = false
    }

    private var entries: [Entry] = []

    /// Whether nothing is awaited but what was passed by.
    var isQuiet: Bool { entries.allSatisfy(\.isPassedBy) }

    func contains(_ id: ID) -> Bool { entries.contains { $0.id == id } }

    mutating func begin(_ id: ID) { entries.append(Entry(id: id)) }

    /// - Parameter facts: `nil` for what is not told of.
    /// - Returns: what is to be told now, in its order.
    mutating func finish(_ id: ID, _ facts: Facts?) -> [Facts] {
        guard let index = entries.firstIndex(where: { $0.id == id }) else { return [] }
        entries[index].facts = .some(facts)
        return takeReady()
    }

    /// Waits for it no more, but for its sake.
    mutating func passBy(_ id: ID) -> [Facts] {
        guard let index = entries.firstIndex(where: { $0.id == id }) else { return [] }
        entries[index].isPassedBy = true
        return takeReady()
    }

    /// It left before it was told of.
    mutating func drop(_ id: ID) -> [Facts] {
        entries.removeAll { $0.id == id }
        return takeReady()
    }

    private mutating func takeReady() -> [Facts] {
        var ready: [Facts] = []
        var left: [Entry] = []
        var isBlocked = false
        for entry in entries {
            if !isBlocked, let facts = entry.facts {
                if let facts { ready.append(facts) }
            } else {
                left.append(entry)
                isBlocked = isBlocked || !entry.isPassedBy
            }
        }
        entries = left
        return ready
    }
}
