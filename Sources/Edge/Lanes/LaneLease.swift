/// Which till gets a lane's scans, and for whom the lane is kept.
///
/// A till that lets the lane go frees it. A till whose connection is lost has it kept for ``time``: it has it back at once,
/// another one takes it over explicitly, and afterwards the first to come gets it. A value without a clock.
struct LaneLease: Sendable, Equatable {
    enum Holder: Sendable, Equatable {
        case nobody
        /// The till is connected.
        case here(LaneTill)
        /// The till's connection was lost.
        case away(LaneTill, until: ContinuousClock.Instant)
    }

    /// How long the lane is kept for a till whose connection was lost.
    let time: Duration
    private(set) var holder = Holder.nobody

    init(time: Duration) {
        self.time = time
    }

    /// The till that is connected and gets the scans.
    var till: LaneTill? {
        if case .here(let till) = holder { till } else { nil }
    }

    /// The till that holds the lane, connected or not.
    var owner: LaneTill? {
        switch holder {
        case .nobody: nil
        case .here(let till), .away(let till, _): till
        }
    }

    var deadline: ContinuousClock.Instant? {
        if case .away(_, let until) = holder { until } else { nil }
    }

    /// A till wants the lane.
    /// - Returns: the till that has to be let go.
    /// - Throws: ``LaneRefusal/held(for:)``.
    mutating func take(
        by new: LaneTill, takeOver: Bool, now: ContinuousClock.Instant
    ) throws(LaneRefusal) -> LaneTill? {
        elapse(now: now)
        switch holder {
        case .here(let till) where takeOver || till.hasToken(of: new):
            holder = .here(new)
            return till
        case .away(let till, _) where takeOver || till.isSame(as: new):
            holder = .here(new)
            return nil
        case .nobody:
            holder = .here(new)
            return nil
        case .here: throw .held(for: nil)
        case .away(_, let until): throw .held(for: now.duration(to: until))
        }
    }

    /// A till's connection was lost. One that does not hold the lane any more changes nothing, here and in ``left(_:)``.
    mutating func lost(_ till: LaneTill, now: ContinuousClock.Instant) {
        guard self.till == till else { return }
        holder = .away(till, until: now + time)
    }

    /// A till let the lane go.
    mutating func left(_ till: LaneTill) {
        guard self.till == till else { return }
        holder = .nobody
    }

    /// The edge starts again, and nobody is connected: the lane is kept for the till it had.
    mutating func restore(_ till: LaneTill, now: ContinuousClock.Instant) {
        holder = .away(till, until: now + time)
    }

    mutating func elapse(now: ContinuousClock.Instant) {
        guard let deadline, deadline <= now else { return }
        holder = .nobody
    }
}
