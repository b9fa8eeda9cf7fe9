package import Foundation

/// When a card is sent, tried again and given up. It knows no gateway and no clock.
///
/// A message that was handed over with an unknown end is sent again: a card that comes twice is the same card.
package enum DispatchRules {
    /// What came of an attempt.
    package enum Outcome: Sendable, Equatable {
        case sent
        /// The gateway cannot now; it may say for how long.
        case unavailable(reason: String, retryAfter: Duration?)
        /// The gateway refuses it for good.
        case refused(reason: String)
    }

    /// An attempt begins.
    package static func begin(_ dispatch: Dispatch, now: Date) -> Dispatch {
        var next = dispatch
        next.state = .sending
        next.attempts += 1
        next.changedAt = now
        next.dueAt = nil
        return next
    }

    /// An attempt ended.
    /// - Parameters:
    ///   - issuedAt: from when the time runs within which a card is sent.
    ///   - zone: the store's, whose days are counted.
    ///   - jitter: 0 to 1, so that stores that failed together do not come back together.
    package static func end(
        _ dispatch: Dispatch, _ outcome: Outcome, issuedAt: Date, now: Date, zone: TimeZone, jitter: Double
    ) -> Dispatch {
        var next = dispatch
        next.changedAt = now
        next.dueAt = nil
        switch outcome {
        case .sent:
            next.state = .sent
            next.reason = ""
        case .refused(let reason):
            next.state = .failed
            next.reason = reason
        case .unavailable(let reason, let retryAfter):
            next.reason = reason
            let due = now.addingTimeInterval(pause(after: dispatch.attempts, retryAfter, jitter))
            let last = StoreDays(CardsLimits.sendDays).end(from: issuedAt, in: zone)
            guard dispatch.attempts < CardsLimits.attemptsMax, due < last else {
                next.state = .failed
                return next
            }
            next.state = .queued
            next.dueAt = due
        }
        return next
    }

    /// What a restart finds in the middle of an attempt waits for its turn again.
    package static func restart(_ dispatch: Dispatch, now: Date) -> Dispatch {
        guard dispatch.state == .sending else { return dispatch }
        var next = dispatch
        next.state = .queued
        next.changedAt = now
        next.dueAt = now
        return next
    }

    private static func pause(after attempts: Int, _ retryAfter: Duration?, _ jitter: Double) -> TimeInterval {
        let (least, most) = (seconds(CardsLimits.pauseMin), seconds(CardsLimits.pauseMax))
        let doubled = min(least * pow(2, Double(min(max(0, attempts - 1), 20))), most)
        let backOff = doubled / 2 + doubled / 2 * min(max(0, jitter), 1)
        let wanted = retryAfter.map { seconds(min($0, CardsLimits.retryAfterMax)) } ?? 0
        return max(backOff, wanted)
    }

    private static func seconds(_ duration: Duration) -> TimeInterval { duration / .seconds(1) }
}
