package import Wire

/// How often each source may do something: an address, or a caller at an address. So many times at once, and once more each
/// time an interval has passed; whoever did it more often waits.
///
/// Of each source only the time is kept at which all that it did is forgotten.
package struct SourceAllowances: Sendable {
    private let rate: Allowance.Rate
    /// How many sources are remembered. For one more, the one is forgotten that would be next.
    private let sourcesMax: Int
    private var forgottenAt: [String: Duration] = [:]

    package init(_ rate: Allowance.Rate, sourcesMax: Int) {
        self.rate = rate
        self.sourcesMax = sourcesMax
    }

    /// How long the source waits until it may do it again; zero for not at all.
    package func wait(of source: String, now: Duration) -> Duration {
        guard let time = forgottenAt[source] else { return .zero }
        return max(.zero, time - now - rate.every * (rate.burst - 1))
    }

    /// The source does it, whether it may or not.
    package mutating func spend(_ source: String, now: Duration) {
        makeRoom(for: source, now: now)
        forgottenAt[source] = max(forgottenAt[source] ?? now, now) + rate.every
    }

    private mutating func makeRoom(for source: String, now: Duration) {
        guard forgottenAt[source] == nil, forgottenAt.count >= sourcesMax else { return }
        forgottenAt = forgottenAt.filter { $0.value > now }
        guard forgottenAt.count >= sourcesMax, let next = forgottenAt.min(by: { $0.value < $1.value }) else { return }
        forgottenAt[next.key] = nil
    }
}
