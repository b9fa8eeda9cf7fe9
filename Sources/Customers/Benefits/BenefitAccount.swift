package import Foundation

/// What is left of one customer's benefit, and what may be done with it: the rules of the ledger. It knows no clock and no
/// file.
package struct BenefitAccount: Sendable {
    package enum Standing: Sendable, Equatable {
        case available
        /// Another lane keeps what is left of it.
        case reserved(lane: String)
        case usedUp
        case notYet
        case over
    }

    /// Why something cannot be done.
    package enum Refusal: Error, Sendable, Equatable {
        case reserved(lane: String)
        case usedUp
        case notYet
        case over
        /// It was used already, so that it cannot be given back as if it was not, or was given back already.
        case released
    }

    private let benefit: Benefit
    private let uses: [BenefitUse]

    /// - Parameter uses: all uses of the benefit by the customer that are known.
    package init(_ benefit: Benefit, uses: [BenefitUse]) {
        self.benefit = benefit
        self.uses = uses
    }

    /// How often it may still be used; `nil` for without a limit.
    package func left(now: Date) -> Int? {
        guard benefit.usesMax > 0 else { return nil }
        return max(0, Int(benefit.usesMax) - uses.count { $0.counts(now: now) })
    }

    package func standing(now: Date) -> Standing {
        if let from = benefit.validFrom, now < from { return .notYet }
        if let until = benefit.validUntil, now >= until { return .over }
        guard left(now: now) == 0 else { return .available }
        let holder = uses.first { $0.state == .reserved && $0.counts(now: now) }
        return holder.map { .reserved(lane: $0.lane) } ?? .usedUp
    }

    /// Keeps one use for a lane's basket. While a lane keeps one, no other lane does: a customer stands at one till.
    package func reserved(lane: String, now: Date, keptFor time: TimeInterval) throws(Refusal) -> BenefitUse {
        let elsewhere = uses.first { $0.state == .reserved && $0.counts(now: now) && $0.lane != lane }
        if let elsewhere { throw .reserved(lane: elsewhere.lane) }
        switch standing(now: now) {
        case .available: return BenefitUse(state: .reserved, lane: lane, expiresAt: now + time)
        case .reserved(let lane): throw .reserved(lane: lane)
        case .usedUp: throw .usedUp
        case .notYet: throw .notYet
        case .over: throw .over
        }
    }

    /// Uses what was reserved. One whose reservation is past its time is used when nobody else took it meanwhile; what was
    /// used already stays used.
    package func redeemed(_ use: BenefitUse, now: Date) throws(Refusal) -> BenefitUse {
        var used = use
        used.state = .redeemed
        switch use.state {
        case .redeemed: return use
        case .released: throw .released
        case .reserved:
            if use.expiresAt > now || left(now: now) != 0 { return used }
            throw .usedUp
        }
    }

    /// Gives a use back, one that was redeemed too: its sale was voided.
    package func released(_ use: BenefitUse) -> BenefitUse {
        var released = use
        released.state = .released
        return released
    }
}
