import Foundation
package import Journal

/// Decides when a system is given the first entry of its queue, and where the entry stands afterwards. It knows no clock, no
/// system and no file; the same events give the same decisions.
package struct OutboxEngine: Sendable {
    /// Failures of the system without an answer between them.
    package private(set) var failures = 0
    /// Why the last try failed; empty after one that did not.
    package private(set) var lastFailure = ""
    /// Until when the system is left alone because it is down.
    private var pausedUntil: Duration?
    /// Until when it asked to be left alone.
    private var askedUntil: Duration?
    /// How often the system was found down without an answer between.
    private var openings = 0
    private var jitter: FeedJitter

    /// - Parameter seed: of the jitter, so that stores that failed together do not come back together.
    package init(seed: UInt64) {
        jitter = FeedJitter(seed: seed)
    }

    /// Whether so many tries failed that the system is left alone.
    package var isDown: Bool { openings > 0 }

    /// Until when the system is left alone; `nil` when it is not.
    package func pause(now: FeedTime) -> Duration? {
        [pausedUntil, askedUntil].compactMap(\.self).max().flatMap { $0 > now.uptime ? $0 - now.uptime : nil }
    }

    /// A person wants something delivered now: a system that is down is tried once more at once. One that asked to be left
    /// alone is.
    package mutating func wake() { pausedUntil = nil }

    /// What is to be done now.
    /// - Parameter first: where the first entry stands; `nil` when the queue is empty.
    package func action(first: OutboxStanding?, now: FeedTime) -> OutboxAction {
        guard let first else { return .wait(OutboxDelivery.lookEvery) }
        let left = Duration.milliseconds(Int64((first.dueAt.timeIntervalSince(now.wall) * 1_000).rounded(.up)))
        let wait = max(left, pause(now: now) ?? .zero)
        // Somebody may set the clock meanwhile, so it is looked at now and then.
        if wait > .zero { return .wait(min(wait, OutboxDelivery.lookEvery)) }
        return first.state == .unknown ? .check : .deliver
    }

    /// Where an entry stands while it is delivered.
    package func begun(_ standing: OutboxStanding, now: FeedTime) -> OutboxStanding {
        var standing = standing
        standing.state = .sending
        standing.attempts += 1
        standing.changedAt = now.wall
        return standing
    }

    /// Where an entry stands that was being delivered when the process ended.
    /// - Parameter isRepeatable: whether delivering it twice has the effect of once.
    package func interrupted(_ standing: OutboxStanding, isRepeatable: Bool, now: FeedTime) -> OutboxStanding {
        var standing = standing
        standing.state = isRepeatable ? .pending : .unknown
        standing.checks = 0
        standing.reason = "The edge ended while it was delivered."
        (standing.dueAt, standing.changedAt) = (now.wall, now.wall)
        return standing
    }

    /// A delivery or a check has come to its end.
    /// - Parameter standing: of the entry, as it was during it.
    /// - Returns: where the entry stands now.
    package mutating func ended(
        _ standing: OutboxStanding, _ delivery: Delivery, now: FeedTime
    ) -> OutboxStanding {
        var standing = standing
        let isCheck = standing.state == .unknown
        standing.changedAt = now.wall
        switch delivery {
        case .done:
            answered()
            (standing.state, standing.reason) = (.sent, "")
        case .refused(let reason):
            answered()
            (standing.state, standing.reason) = (.refused, reason)
        case .retry(let reason, let after):
            standing.reason = reason
            if isCheck {
                // The system was asked and answered: it did not arrive.
                answered()
                (standing.state, standing.dueAt) = (.pending, now.wall)
            } else {
                standing.state = .pending
                standing.dueAt = now.wall + failed(reason, after, tries: standing.attempts, now)
                giveUpIfOld(&standing, now)
            }
        case .unknown(let reason):
            standing.reason = reason
            standing.checks = isCheck ? standing.checks + 1 : 0
            if !isCheck { _ = failed(reason, nil, tries: standing.attempts, now) }
            standing.state = .unknown
            let pause = Self.doubled(OutboxDelivery.checkMin, standing.checks, OutboxDelivery.checkMax)
            standing.dueAt = now.wall + Self.seconds(pause + jitter.part(of: pause / 2))
        }
        return standing
    }

    private mutating func answered() {
        (failures, openings, pausedUntil, askedUntil, lastFailure) = (0, 0, nil, nil, "")
    }

    /// - Returns: how long the entry waits, in seconds.
    private mutating func failed(
        _ reason: String, _ after: Duration?, tries: Int, _ now: FeedTime
    ) -> TimeInterval {
        lastFailure = reason
        let pause = Self.doubled(OutboxDelivery.backOffMin, tries - 1, OutboxDelivery.backOffMax)
        var wait = pause / 2 + jitter.part(of: pause / 2)
        if let after {
            // The system is there and says when: that is no sign that it is down.
            let wanted = min(max(after, .zero), OutboxDelivery.retryAfterMax)
            askedUntil = now.uptime + wanted + jitter.part(of: wanted / 10)
            wait = max(wait, wanted)
        } else {
            failures += 1
            if failures >= OutboxDelivery.failuresMax || openings > 0 {
                let pause = Self.doubled(OutboxDelivery.downMin, openings, OutboxDelivery.downMax)
                openings += 1
                pausedUntil = now.uptime + pause + jitter.part(of: pause / 10)
            }
        }
        return Self.seconds(wait)
    }

    private func giveUpIfOld(_ standing: inout OutboxStanding, _ now: FeedTime) {
        let isOld = now.wall.timeIntervalSince(standing.createdAt) > Self.seconds(OutboxDelivery.deliverableFor)
        guard isOld, standing.attempts >= OutboxDelivery.deliverableTriesMin else { return }
        let days = OutboxDelivery.deliverableFor.components.seconds / 86_400
        standing.state = .refused
        standing.reason = "It could not be delivered for \(days) days: \(standing.reason)"
    }

    private static func doubled(_ first: Duration, _ times: Int, _ most: Duration) -> Duration {
        min(first * (1 << max(0, min(times, 20))), most)
    }

    private static func seconds(_ duration: Duration) -> TimeInterval { duration / .seconds(1) }
}
