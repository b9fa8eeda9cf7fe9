import NIOCore

/// The time of connections: monotonic, from the host's start, on the clock by which event loops wake.
enum LoopClock {
    static func now() -> Duration {
        .nanoseconds(Int64(clamping: NIODeadline.now().uptimeNanoseconds))
    }

    /// The same time for an event loop.
    static func deadline(_ time: Duration) -> NIODeadline {
        let (seconds, attoseconds) = time.components
        return .uptimeNanoseconds(UInt64(clamping: seconds * 1_000_000_000 + attoseconds / 1_000_000_000))
    }
}
