package import Foundation

/// One use of a benefit by its customer, from its reservation on.
package struct BenefitUse: Sendable, Equatable {
    package enum State: Int64, Sendable {
        /// A lane keeps it for its basket, until ``BenefitUse/expiresAt``.
        case reserved = 1
        /// It was used.
        case redeemed = 2
        /// It was given back: the basket was voided, or the customer changed his mind.
        case released = 3
    }

    package var state: State
    package var lane: String
    package var expiresAt: Date

    package init(state: State, lane: String, expiresAt: Date) {
        self.state = state
        self.lane = lane
        self.expiresAt = expiresAt
    }

    /// Whether it counts against the benefit's limit.
    func counts(now: Date) -> Bool {
        switch state {
        case .reserved: expiresAt > now
        case .redeemed: true
        case .released: false
        }
    }
}
