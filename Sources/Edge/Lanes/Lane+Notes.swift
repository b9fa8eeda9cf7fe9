import Customers
import Devices

/// What the customer is told in passing.
extension Lane {
    /// The bonuses of the customer who has just paid have changed.
    mutating func bonusesChanged(_ customer: Customer, now: ContinuousClock.Instant) -> [LaneAction] {
        guard basket == nil, held == nil else { return [] }
        return step(now) { lane in
            lane.pass(lane.text.bonuses(customer), now: now)
            return []
        }
    }

    /// Customers become members by themselves: the display says where.
    mutating func showEnrolment(now: ContinuousClock.Instant) -> [LaneAction] {
        step(now) { lane in
            lane.pass(lane.text.prompt(.selfEnrolment, language: ""), now: now)
            return []
        }
    }
}
