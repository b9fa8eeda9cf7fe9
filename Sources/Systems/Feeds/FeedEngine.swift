package import Foundation

/// Decides when a feed asks its source: on its schedule, after a failure with growing pauses, and hardly at all while the
/// source is down. It knows no clock and no source; the same events give the same actions.
package struct FeedEngine: Sendable {
    package private(set) var phase: FeedPhase = .running
    /// Failures without a page between them.
    package private(set) var failures = 0
    /// Why the last try failed; `nil` after a page.
    package private(set) var lastFailure: SystemsError?

    private let schedule: FeedSchedule
    private let zone: TimeZone
    private var jitter: FeedJitter
    /// How often the source was found down without a page between.
    private var openings = 0
    private var beginsAnew = false
    /// Somebody wants the next page to be the first one.
    private var isAnewWanted = false
    /// The source forgot its place once in this run. When it does so again, it is not asked again at once.
    private var hasBegunAnew = false

    /// - Parameter seed: of the jitter, so that stores that failed together do not come back together.
    package init(schedule: FeedSchedule, zone: TimeZone, seed: UInt64) {
        self.schedule = schedule
        self.zone = zone
        jitter = FeedJitter(seed: seed)
    }

    /// The store starts.
    /// - Parameters:
    ///   - lastThrough: when the feed last had everything; runs that were missed since then are caught up by one.
    ///   - isUnderWay: whether a run was broken off, which goes on at once.
    package mutating func start(lastThrough: Date?, isUnderWay: Bool, now: FeedTime) -> FeedAction {
        guard let lastThrough, !isUnderWay, lastThrough <= now.wall else { return fetch() }
        let due = schedule.next(after: lastThrough, in: zone)
        guard due > now.wall else { return fetch() }
        phase = .waiting(until: due)
        return look(now: now)
    }

    /// Time has passed.
    package mutating func look(now: FeedTime) -> FeedAction {
        switch phase {
        case .running: return fetch()
        case .waiting(let due):
            let left = due.timeIntervalSince(now.wall)
            if left <= 0 { return fetch() }
            return .wait(Self.atMostALook(.milliseconds(Int64((left * 1_000).rounded(.up)))))
        case .retrying(let due), .down(let due):
            if due <= now.uptime { return fetch() }
            return .wait(due - now.uptime)
        }
    }

    /// Somebody wants it to run now. A source that is down is tried once.
    package mutating func runNow() -> FeedAction { fetch() }

    /// Somebody wants everything once more, beginning with the next page.
    package mutating func beginAnew() { isAnewWanted = true }

    /// A page was taken.
    /// - Parameter isLast: whether the source has nothing more now.
    package mutating func took(isLast: Bool, now: FeedTime) -> FeedAction {
        failures = 0
        openings = 0
        lastFailure = nil
        beginsAnew = false
        guard isLast else { return fetch() }
        hasBegunAnew = false
        phase = .waiting(until: schedule.next(after: now.wall, in: zone))
        return look(now: now)
    }

    /// No page came, or it could not be taken.
    package mutating func failed(_ error: SystemsError, now: FeedTime) -> FeedAction {
        lastFailure = error
        if error.code == .cursorGone, !hasBegunAnew {
            (beginsAnew, hasBegunAnew) = (true, true)
            return fetch()
        }
        failures += 1
        switch error.code {
        case .throttled:
            // The source is there and says when: that is no sign that it is down.
            failures -= 1
            let wanted = min(max(error.retryAfter ?? .zero, FeedLimits.backOffMin), FeedLimits.retryAfterMax)
            phase = .retrying(until: now.uptime + wanted + jitter.part(of: wanted / 10))
        case .refused, .settingsWrong: open(now)
        default:
            if failures >= FeedLimits.failuresMax || openings > 0 {
                open(now)
            } else {
                let pause = Self.doubled(FeedLimits.backOffMin, failures - 1, FeedLimits.backOffMax)
                let wanted = error.retryAfter.map { min($0, FeedLimits.retryAfterMax) } ?? .zero
                phase = .retrying(until: now.uptime + max(wanted, pause / 2 + jitter.part(of: pause / 2)))
            }
        }
        return look(now: now)
    }

    /// The circuit opens: the source is left alone.
    private mutating func open(_ now: FeedTime) {
        let pause = Self.doubled(FeedLimits.downMin, openings, FeedLimits.downMax)
        openings += 1
        phase = .down(until: now.uptime + pause + jitter.part(of: pause / 10))
    }

    private mutating func fetch() -> FeedAction {
        phase = .running
        if isAnewWanted { (beginsAnew, isAnewWanted) = (true, false) }
        return .fetch(anew: beginsAnew)
    }

    private static func doubled(_ first: Duration, _ times: Int, _ most: Duration) -> Duration {
        min(first * (1 << min(times, 20)), most)
    }

    /// Somebody may set the clock meanwhile, so it is looked at now and then.
    private static func atMostALook(_ time: Duration) -> Duration { min(time, FeedLimits.lookEvery) }
}
