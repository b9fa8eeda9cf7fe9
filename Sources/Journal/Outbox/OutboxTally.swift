/// How many entries of each system wait or were refused, by state.
package struct OutboxTally: Sendable, Equatable {
    private var counts: [String: [OutboxState: Int]] = [:]
    package private(set) var total = 0

    init(_ counted: [OutboxCount]) {
        for count in counted { self.count(count.state, of: count.system, count.count) }
    }

    /// Entries that came to their end are not counted.
    mutating func count(_ state: OutboxState, of system: String, _ change: Int) {
        guard state.isOpen || state == .refused else { return }
        counts[system, default: [:]][state, default: 0] += change
        total += change
    }

    package var systems: [String] { counts.keys.sorted() }

    package func count(_ state: OutboxState, of system: String) -> Int { counts[system]?[state] ?? 0 }

    /// Those of all systems.
    package func count(_ state: OutboxState) -> Int { counts.values.reduce(0) { $0 + ($1[state] ?? 0) } }
}
