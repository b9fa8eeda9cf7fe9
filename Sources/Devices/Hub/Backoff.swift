/// Waits that double up to a greatest one, a bounded number of times.
struct Backoff: Sendable, Equatable {
    private let waitMax: Duration
    private var wait: Duration
    private var waitsLeft: Int

    init(first: Duration, max: Duration, triesMax: Int) {
        wait = first
        waitMax = max
        waitsLeft = triesMax - 1
    }

    /// - Returns: how long to wait before the next try; `nil` when there is none.
    mutating func next() -> Duration? {
        guard waitsLeft > 0 else { return nil }
        waitsLeft -= 1
        defer { wait = min(wait * 2, waitMax) }
        return wait
    }
}
