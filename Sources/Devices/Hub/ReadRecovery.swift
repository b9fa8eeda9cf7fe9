import USB

/// What follows when reading an endpoint stops: a state machine that is told the time.
///
/// A stall is cleared. A low-level error may be the first sign that the device is being pulled out, so it is waited out in
/// growing steps, and a device that gives nothing but errors is reset. None of it goes on for ever.
struct ReadRecovery: Sendable {
    enum Action: Sendable, Equatable {
        case restart
        case restartLater(Duration)
        case clearHalt
        case reset
        /// Nothing helped. What happened, as a sentence's end after "The device".
        case fail(String)
        /// The device is gone; the bus tells as well.
        case end
    }

    private let limits: HubLimits
    private var stalls = 0
    private var overflows = 0
    private var resets = 0
    private var errorsBegan: ContinuousClock.Instant?
    private var lastFault: ContinuousClock.Instant?
    private var wait: Duration

    init(limits: HubLimits) {
        self.limits = limits
        wait = limits.errorWait
    }

    /// A report came: whatever was wrong is over.
    mutating func reportCame() {
        guard stalls > 0 || overflows > 0 || errorsBegan != nil || resets > 0 else { return }
        self = ReadRecovery(limits: limits)
    }

    /// - Parameter completion: why the reading stopped.
    mutating func next(after completion: USBCompletion, at now: ContinuousClock.Instant) -> Action {
        // A fault a day is no sick device, even if nobody scans between them.
        if let lastFault, lastFault.duration(to: now) >= limits.healthyTime { self = ReadRecovery(limits: limits) }
        lastFault = now
        switch completion {
        case .completed: return .restart
        case .gone: return .end
        case .stalled:
            stalls += 1
            guard stalls <= limits.stallsMax else { return .fail("refuses to be read again and again") }
            return .clearHalt
        case .overflow:
            overflows += 1
            return overflows <= limits.overflowsMax ? .restart : error(at: now)
        case .failed, .timedOut, .cancelled: return error(at: now)
        }
    }

    private mutating func error(at now: ContinuousClock.Instant) -> Action {
        let began = errorsBegan ?? now
        errorsBegan = began
        guard began.duration(to: now) >= limits.errorTimeMax else {
            defer { wait = min(wait * 2, limits.errorWaitMax) }
            return .restartLater(wait)
        }
        resets += 1
        guard resets <= limits.resetsMax else { return .fail("gives nothing but errors, after resets too") }
        errorsBegan = nil
        wait = limits.errorWait
        return .reset
    }
}
