import Customers
import Devices

extension Lane {
    /// The system outside has said whose an earlier scan's code is, or that it does not know.
    /// - Parameters:
    ///   - sequence: the scan's number.
    ///   - takenBefore: until when the scan may be attached.
    ///   - isNew: whether the code stands for somebody who is no member yet.
    /// - Returns: what became of the scan, beside the actions.
    mutating func followedUp(
        _ resolution: Resolution?, sequence: UInt64, takenBefore: ContinuousClock.Instant, isNew: Bool,
        now: ContinuousClock.Instant
    ) -> (outcome: ScanOutcome, actions: [LaneAction]) {
        var outcome = ScanOutcome(attachment: .none)
        let actions = step(now) { lane in
            switch resolution {
            case .customer(let customer, _)? where now < takenBefore && lane.till != nil:
                outcome = lane.attach(customer, heldUntil: takenBefore, now: now)
                return [.settle(sequence: sequence, outcome)] + lane.disarm()
            case .customer?, .ambiguous?: lane.pass(lane.text.oneMoment, now: now)
            case nil: lane.pass(isNew ? lane.text.oneMoment : lane.text.askPhone, now: now)
            default: break
            }
            return []
        }
        return (outcome, actions)
    }

    /// A customer was enrolled in the lane: as a scan of the customer's card.
    mutating func enrolled(
        _ customer: Customer, _ screen: DisplayScreen, now: ContinuousClock.Instant
    ) -> [LaneAction] {
        step(now) { lane in
            if lane.till != nil { _ = lane.attach(customer, heldUntil: now + lane.limits.scanTime, now: now) }
            lane.pass(screen, now: now)
            return []
        }
    }
}
