import Customers
import Synchronization

/// Changes customers' balances in a copy, so many a second, from a thread of its own.
final class ChangeLoad: Sendable {
    /// Changes of one page: a feed that is asked ten times a second gives so many of a hundred a second.
    private static let pageChanges = 10

    private let perSecond: Int
    private let isEnding = Mutex(false)
    private let thread = Handover<Double>()
    /// How many changes a second were taken.
    private let reached = Mutex(0.0)

    init(perSecond: Int) { self.perSecond = perSecond }

    var rate: Double { reached.withLock { $0 } }

    func begin(on replica: Replica, of store: BenchStore) {
        thread.start { [self] in
            var random = SplitMix(seed: 5)
            let began = Stopwatch.now()
            var turn = 0
            while !isEnding.withLock({ $0 }) {
                let indexes = (0..<Self.pageChanges).map { _ in Int.random(in: 0..<store.count, using: &random) }
                try replica.apply(BenchCustomers.changes(indexes, turn: turn, of: store.count))
                turn += 1
                Stopwatch.sleep(until: began + Int64(turn * Self.pageChanges) * 1_000_000_000 / Int64(perSecond))
            }
            return Double(turn * Self.pageChanges) / (Double(Stopwatch.now() - began) / 1e9)
        }
    }

    /// Ends the changes and waits for that. A second time there is nothing to do.
    func end() throws {
        let isFirst = isEnding.withLock { isEnding in
            defer { isEnding = true }
            return !isEnding
        }
        guard isFirst else { return }
        let rate = try thread.wait()
        reached.withLock { $0 = rate }
    }
}
