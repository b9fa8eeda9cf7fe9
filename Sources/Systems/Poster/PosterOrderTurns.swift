import Synchronization

/// Which entry of the outbox put a client into each of Poster's open orders last. The outbox keeps the order of what it tells about
/// one customer; of two customers of one order, the one who came first may be told later, and must not take the other's place.
final class PosterOrderTurns: Sendable {
    /// Orders that are remembered; those told longest ago make place.
    static let ordersMax = 1_000

    private let newest = Mutex<[String: Int64]>([:])

    /// Whether a later customer was put into the order already.
    func isOver(_ order: String, entry: Int64) -> Bool {
        newest.withLock { $0[order].map { $0 > entry } ?? false }
    }

    func told(_ order: String, entry: Int64) {
        newest.withLock { newest in
            newest[order] = max(entry, newest[order] ?? 0)
            guard newest.count > Self.ordersMax, let oldest = newest.min(by: { $0.value < $1.value })?.key else {
                return
            }
            newest[oldest] = nil
        }
    }
}
