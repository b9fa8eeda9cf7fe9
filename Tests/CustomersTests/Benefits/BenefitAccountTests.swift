import Foundation
import Testing

@testable import Customers

@Suite("What is left of a benefit")
struct BenefitAccountTests {
    private static let noon = Date(timeIntervalSince1970: 1_795_521_600)
    private static let once = Benefit(id: "B1", title: "Coffee")

    private static func use(_ state: BenefitUse.State, lane: String = "1", until seconds: Double = 900) -> BenefitUse {
        BenefitUse(state: state, lane: lane, expiresAt: noon + seconds)
    }

    @Test("A reservation counts until its time, a use for good, a return not at all")
    func counts() {
        let uses = [Self.use(.reserved, until: 1), Self.use(.redeemed), Self.use(.released)]
        let account = BenefitAccount(Benefit(id: "B", title: "", usesMax: 3), uses: uses)
        #expect(account.left(now: Self.noon) == 1)
        #expect(account.left(now: Self.noon + 1) == 2)
        #expect(BenefitAccount(Benefit(id: "B", title: "", usesMax: 0), uses: uses).left(now: Self.noon) == nil)
        #expect(BenefitAccount(Self.once, uses: uses + uses).left(now: Self.noon) == 0)
    }

    @Test("It says whether it can be used, and which lane keeps it when it cannot")
    func standings() {
        var timed = Self.once
        (timed.validFrom, timed.validUntil) = (Self.noon, Self.noon + 60)
        #expect(BenefitAccount(timed, uses: []).standing(now: Self.noon - 1) == .notYet)
        #expect(BenefitAccount(timed, uses: []).standing(now: Self.noon) == .available)
        #expect(BenefitAccount(timed, uses: []).standing(now: Self.noon + 60) == .over)
        let kept = BenefitAccount(Self.once, uses: [Self.use(.reserved, lane: "2")])
        #expect(kept.standing(now: Self.noon) == .reserved(lane: "2"))
        #expect(BenefitAccount(Self.once, uses: [Self.use(.redeemed)]).standing(now: Self.noon) == .usedUp)
    }

    @Test("One lane at a time keeps it, even where it may be used often")
    func oneLane() throws {
        let often = Benefit(id: "B", title: "", usesMax: 5)
        let account = BenefitAccount(often, uses: [Self.use(.reserved, lane: "2")])
        #expect(throws: BenefitAccount.Refusal.reserved(lane: "2")) {
            try account.reserved(lane: "1", now: Self.noon, keptFor: 900)
        }
        #expect(try account.reserved(lane: "2", now: Self.noon, keptFor: 900).expiresAt == Self.noon + 900)
        #expect(try account.reserved(lane: "1", now: Self.noon + 900, keptFor: 900).lane == "1")
    }

    @Test("What is used up, not yet or no longer valid is not reserved")
    func refusals() {
        #expect(throws: BenefitAccount.Refusal.usedUp) {
            try BenefitAccount(Self.once, uses: [Self.use(.redeemed)]).reserved(lane: "1", now: Self.noon, keptFor: 1)
        }
        var over = Self.once
        over.validUntil = Self.noon
        #expect(throws: BenefitAccount.Refusal.over) {
            try BenefitAccount(over, uses: []).reserved(lane: "1", now: Self.noon, keptFor: 1)
        }
    }

    @Test(
        "A reservation is redeemed once, after its time too when nobody took the use meanwhile, and never when released"
    )
    func redeems() throws {
        let mine = Self.use(.reserved)
        #expect(try BenefitAccount(Self.once, uses: [mine]).redeemed(mine, now: Self.noon).state == .redeemed)
        #expect(try BenefitAccount(Self.once, uses: [mine]).redeemed(mine, now: Self.noon + 1_000).state == .redeemed)
        let other = Self.use(.redeemed, lane: "2")
        #expect(throws: BenefitAccount.Refusal.usedUp) {
            try BenefitAccount(Self.once, uses: [mine, other]).redeemed(mine, now: Self.noon + 1_000)
        }
        #expect(throws: BenefitAccount.Refusal.released) {
            try BenefitAccount(Self.once, uses: []).redeemed(Self.use(.released), now: Self.noon)
        }
        let used = Self.use(.redeemed)
        #expect(try BenefitAccount(Self.once, uses: [used]).redeemed(used, now: Self.noon) == used)
    }
}
