/// Tells which keys went down from one report to the next.
struct WedgeKeyReader: Sendable {
    let layout: WedgeKeyLayout
    /// The keys that are down, modifiers included.
    private(set) var held = WedgeKeySet()
    /// The keys that the last report added, in its order, modifiers not included. Kept for its memory.
    private(set) var fresh: [UInt8] = []
    /// What the places of the arrays hold, now and in the report before.
    private var places: [UInt8]
    private var placesBefore: [UInt8]
    private var filledBefore = 0

    init(layout: WedgeKeyLayout) {
        self.layout = layout
        places = [UInt8](repeating: 0, count: layout.slotCount)
        placesBefore = places
        fresh.reserveCapacity(16)
    }

    /// Reads a report.
    /// - Returns: false, and all as before, when the report says that too many keys are down to tell which.
    mutating func take(_ report: [UInt8]) -> Bool {
        var now = WedgeKeySet()
        guard let filled = readPlaces(of: report, into: &now) else { return false }
        fresh.removeAll(keepingCapacity: true)
        if filled > 0 { findFreshPlaces(filled: filled) }
        var single = WedgeKeySet()
        for bits in layout.bits {
            let word = bits.read(report)
            if word != 0 { single.insert(bits: word, from: bits.first) }
        }
        single.subtracting(held).subtracting(now).forEachKey { fresh.append($0) }
        held = now.union(single)
        filledBefore = filled
        swap(&places, &placesBefore)
        return true
    }

    /// Forgets which keys are down.
    mutating func reset() {
        self = WedgeKeyReader(layout: layout)
    }

    private mutating func readPlaces(of report: [UInt8], into now: inout WedgeKeySet) -> Int? {
        var filled = 0
        var place = 0
        for slots in layout.slots {
            for index in 0..<slots.count {
                let usage = slots.usage(at: index, in: report)
                if WedgeKey.errors.contains(usage) { return nil }
                places[place] = usage
                place += 1
                guard usage != 0 else { continue }
                filled += 1
                now.insert(usage)
            }
        }
        return filled
    }

    private mutating func findFreshPlaces(filled: Int) {
        var seen = WedgeKeySet()
        for place in places.indices {
            let usage = places[place]
            guard usage != 0, usage < WedgeKey.firstModifier, !seen.contains(usage) else { continue }
            seen.insert(usage)
            if !held.contains(usage) || isTypedAgain(usage, at: place, filled: filled) { fresh.append(usage) }
        }
    }

    /// Fast scanners type "11" without a report between that has no key: the key moves to another place of the array and
    /// leaves its own empty. A key that is held moves only when another one comes up in front of it.
    private func isTypedAgain(_ usage: UInt8, at place: Int, filled: Int) -> Bool {
        guard filled >= filledBefore, let before = placesBefore.firstIndex(of: usage), before != place else {
            return false
        }
        return places[before] == 0
    }
}
