import USB

/// What follows when a device takes nothing of what it is sent: a state machine that is told the time.
///
/// One write that is not taken is an order refused, or a screen tried again. Only a device that takes none is worth a step, and
/// each step is taken once: a scanner may read well that takes no order all its life.
struct WriteRecovery: Sendable {
    enum Action: Sendable, Equatable {
        case nothing
        case clearHalt
        case reset
        /// Give its drivers back, and open it anew.
        case reopen
        /// Nothing helped. It comes once.
        case tell
    }

    private static let ladder: [Action] = [.clearHalt, .reset, .reopen, .tell]

    private let limits: HubLimits
    private var untaken = 0
    private var steps = 0
    private var lastStep: ContinuousClock.Instant?

    init(limits: HubLimits) {
        self.limits = limits
    }

    /// Whether no step is left.
    var isExhausted: Bool { steps >= Self.ladder.count }

    /// - Parameters:
    ///   - completion: how a write ended.
    ///   - hasEndpoint: whether it went to an endpoint of its own, which alone can be halted.
    mutating func next(
        after completion: USBCompletion, hasEndpoint: Bool, at now: ContinuousClock.Instant
    ) -> Action {
        switch completion {
        case .completed, .stalled:
            untaken = 0
            // A device that needs a step a minute is not helped by more of them.
            if let lastStep, lastStep.duration(to: now) >= limits.healthyTime { steps = 0 }
            return .nothing
        case .cancelled, .gone, .overflow: return .nothing
        case .timedOut, .failed: untaken += 1
        }
        guard untaken >= limits.untakenMax, !isExhausted else { return .nothing }
        untaken = 0
        lastStep = now
        if Self.ladder[steps] == .clearHalt, !hasEndpoint { steps += 1 }
        defer { steps += 1 }
        return Self.ladder[steps]
    }
}
