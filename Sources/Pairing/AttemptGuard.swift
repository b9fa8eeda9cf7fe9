/// How often something may come from one address (as the transport counts addresses: an IPv6 network is one) or till, a wrong
/// proof for one: a burst, and one more each time an interval has passed. It remembers a
/// fixed number of addresses; the one that was quiet longest makes place.
package struct AttemptGuard: Sendable {
    private struct Entry: Sendable {
        let address: String
        var spent: Int
        /// When the last of what was spent came back.
        var since: Duration
        var lastUsed: Duration
    }

    private let burst: Int
    private let every: Duration
    private let addressesMax: Int
    private var entries: [Entry] = []

    /// - Parameters:
    ///   - burst: so many may come at once.
    ///   - every: after so long another one may.
    ///   - addressesMax: so many addresses are remembered.
    package init(burst: Int = 4, every: Duration = .seconds(60), addressesMax: Int = 256) {
        self.burst = burst
        self.every = every
        self.addressesMax = addressesMax
    }

    /// How many addresses are remembered.
    package var count: Int { entries.count }

    /// Whether an address may try. It costs nothing.
    package mutating func allows(_ address: String, now: Duration) -> Bool {
        guard let index = entries.firstIndex(where: { $0.address == address }) else { return true }
        refresh(index, now)
        return entries[index].spent < burst
    }

    /// How long an address that may not try has to wait.
    package func wait(of address: String, now: Duration) -> Duration {
        guard let entry = entries.first(where: { $0.address == address }), entry.spent >= burst else { return .zero }
        return max(.zero, entry.since + every - now)
    }

    /// Counts one more.
    package mutating func count(_ address: String, now: Duration) {
        if let index = entries.firstIndex(where: { $0.address == address }) {
            refresh(index, now)
            entries[index].spent = min(burst, entries[index].spent + 1)
            entries[index].lastUsed = now
            return
        }
        if entries.count >= addressesMax,
            let quiet = entries.indices.min(by: { entries[$0].lastUsed < entries[$1].lastUsed })
        {
            entries.remove(at: quiet)
        }
        entries.append(Entry(address: address, spent: 1, since: now, lastUsed: now))
    }

    private mutating func refresh(_ index: Int, _ now: Duration) {
        while entries[index].spent > 0, now - entries[index].since >= every {
            entries[index].since += every
            entries[index].spent -= 1
        }
        if entries[index].spent == 0 { entries[index].since = now }
    }
}
