package import Transport

/// How a link connects again: at once, then after waits that double, each a random part of its bound, so that the tills of a
/// store do not all come back in the same moment.
public struct Reconnecting: Sendable {
    /// The bound of the first wait.
    public var firstWait: Duration
    /// The bound of every wait.
    public var longestWait: Duration
    /// The bounds of each connection.
    package var limits = TransportLimits()
    /// A number from 0 to 1.
    package var random: @Sendable () -> Double = { Double.random(in: 0...1) }
    package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    public init(firstWait: Duration = .milliseconds(100), longestWait: Duration = .seconds(5)) {
        self.firstWait = firstWait
        self.longestWait = longestWait
    }

    /// How long to wait after so many failures in a row.
    package func wait(after failures: Int) -> Duration {
        guard failures > 0 else { return .zero }
        // 2^20 times the first wait is longer than any longest one that makes sense.
        let bound = min(longestWait, firstWait * (1 << min(failures - 1, 20)))
        // At least half of it, so that nobody is lucky enough to knock without pause.
        return bound * (0.5 + 0.5 * min(max(random(), 0), 1))
    }
}
