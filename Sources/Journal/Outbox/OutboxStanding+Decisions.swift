package import Foundation

/// What a person decides of an entry.
extension OutboxStanding {
    /// Why something cannot be decided of an entry.
    package enum Refusal: Error, Sendable {
        /// It is being delivered this moment.
        case sending
        /// The system has taken it.
        case sent
        /// It was dropped, and nothing of it is left.
        case dropped
    }

    /// The standing of an entry that was being delivered when an edge ended, to whose system nothing is delivered any more:
    /// nobody knows whether it arrived. Any other is as it is.
    package var abandoned: OutboxStanding {
        var standing = self
        if state == .sending { standing.state = .unknown }
        return standing
    }

    /// Where it stands when it is to be tried again at once. Of one whose outcome is unknown, whoever says so has looked
    /// that the system did not take it.
    /// - Parameter arrivedAfter: how many later entries about the same customer have arrived: this one comes after them, and
    ///   its reason says so.
    package func retried(now: Date, arrivedAfter: Int = 0) throws(Refusal) -> OutboxStanding {
        try checkThatItWaits()
        var standing = self
        if arrivedAfter > 0 {
            let entries = arrivedAfter == 1 ? "1 later entry" : "\(arrivedAfter) later entries"
            standing.reason =
                "Retried out of its order: \(entries) about the same customer arrived before. Look in the system "
                + "whether that does harm."
        }
        standing.state = .pending
        standing.checks = 0
        (standing.dueAt, standing.changedAt) = (now, now)
        return standing
    }

    /// Where it stands when it was given up.
    package func dropped(reason: String, now: Date) throws(Refusal) -> OutboxStanding {
        try checkThatItWaits()
        var standing = self
        (standing.state, standing.reason, standing.changedAt) = (.dropped, reason, now)
        return standing
    }

    private func checkThatItWaits() throws(Refusal) {
        switch state {
        case .pending, .unknown, .refused: return
        case .sending: throw .sending
        case .sent: throw .sent
        case .dropped: throw .dropped
        }
    }
}
