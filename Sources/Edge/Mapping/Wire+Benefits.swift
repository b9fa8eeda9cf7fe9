import Customers
import Foundation
import Journal
import Wire

extension Wire.Benefit {
    init(_ benefit: Customers.Benefit, _ account: BenefitAccount, now: Date) {
        self.init(
            id: benefit.id, title: benefit.title, discountBasisPoints: benefit.discountBasisPoints,
            amountHundredths: benefit.amountHundredths,
            validFromUnixMs: benefit.validFrom?.unixMilliseconds ?? 0,
            validUntilUnixMs: benefit.validUntil?.unixMilliseconds ?? 0, usesMax: benefit.usesMax,
            usesLeft: UInt32(clamping: account.left(now: now) ?? 0))
        switch account.standing(now: now) {
        case .available: state = .available
        case .reserved(let holder): (state, lane) = (.reserved, holder)
        case .usedUp: state = .used
        case .notYet: state = .notYet
        case .over: state = .over
        }
    }
}

extension Wire.Redemption {
    init(_ redemption: Journal.Redemption) {
        let state: RedemptionState =
            switch BenefitUse.State(rawValue: redemption.state) {
            case .reserved: .reserved
            case .redeemed: .redeemed
            case .released: .released
            case nil: .unspecified
            }
        self.init(
            id: redemption.id, customer: redemption.customer, benefit: redemption.benefit, lane: redemption.lane,
            basket: redemption.basket, state: state, expiresAtUnixMs: redemption.expiresAt.unixMilliseconds)
    }
}
