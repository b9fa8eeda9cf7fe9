/// Decides whether a system is asked: not while it wants to be left alone, and after too many failures only now and then, by one
/// call at a time. It knows no clock.
package struct CircuitBreaker: Sendable {
    package enum State: Sendable, Equatable {
        case closed
        /// Nobody asks until then.
        case open(until: Duration)
        /// One call is under way that tells whether the system is back.
        case probing
    }

    package private(set) var state: State = .closed
    /// Failures one after another.
    package private(set) var failures = 0
    private var openings = 0
    private var jitter: FeedJitter

    package init(seed: UInt64) { jitter = FeedJitter(seed: seed) }

    /// Whether a call may be made.
    /// - Returns: `nil`, or how long to leave the system alone.
    package mutating func admit(now: Duration) -> Duration? {
        switch state {
        case .closed: return nil
        case .probing: return SystemCallLimits.openMin
        case .open(let until):
            guard until <= now else { return until - now }
            state = .probing
            return nil
        }
    }

    /// The system answered, whatever it thinks of the call.
    package mutating func answered() {
        state = .closed
        failures = 0
        openings = 0
    }

    /// It did not, or asks to be left alone.
    package mutating func failed(_ error: SystemsError, now: Duration) {
        if error.code == .throttled {
            let wanted = min(error.retryAfter ?? SystemCallLimits.openMin, FeedLimits.retryAfterMax)
            state = .open(until: now + wanted + jitter.part(of: wanted / 10))
            return
        }
        failures += 1
        guard failures >= FeedLimits.failuresMax || state == .probing || openings > 0 else { return }
        let pause = min(SystemCallLimits.openMin * (1 << min(openings, 20)), SystemCallLimits.openMax)
        openings += 1
        state = .open(until: now + pause + jitter.part(of: pause / 10))
    }

    /// The call was given up before it was known what became of it.
    package mutating func abandoned(now: Duration) {
        if state == .probing { state = .open(until: now) }
    }
}
