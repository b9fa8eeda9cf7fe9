import Foundation
import Testing

@testable import Cards

@Suite struct DispatchRulesTests {
    private let issued = Date(timeIntervalSince1970: 1_800_000_000)

    private var queued: Dispatch { Dispatch(channel: .sms, state: .queued, changedAt: issued, dueAt: issued) }

    @Test("A gateway that is down is tried again in growing pauses, until the links would be old")
    func growingPauses() {
        var dispatch = queued
        var now = issued
        var pauses: [TimeInterval] = []
        while dispatch.state == .queued {
            dispatch = DispatchRules.begin(dispatch, now: now)
            dispatch = DispatchRules.end(
                dispatch, .unavailable(reason: "down", retryAfter: nil), issuedAt: issued, now: now, zone: .gmt,
                jitter: 1)
            guard let due = dispatch.dueAt else { break }
            pauses.append(due.timeIntervalSince(now))
            now = due
        }
        #expect(pauses.prefix(4) == [5, 10, 20, 40])
        #expect(pauses.max() == 3_600)
        #expect(dispatch.state == .failed)
        #expect(dispatch.attempts == CardsLimits.attemptsMax)
        #expect(dispatch.reason == "down")
    }

    @Test("Retry-After is obeyed, and bounded")
    func retryAfter() {
        let begun = DispatchRules.begin(queued, now: issued)
        let wanted = DispatchRules.end(
            begun, .unavailable(reason: "", retryAfter: .seconds(120)), issuedAt: issued, now: issued, zone: .gmt,
            jitter: 0)
        #expect(wanted.dueAt == issued.addingTimeInterval(120))
        let endless = DispatchRules.end(
            begun, .unavailable(reason: "", retryAfter: .seconds(10_000_000)), issuedAt: issued, now: issued,
            zone: .gmt, jitter: 0)
        #expect(endless.dueAt == issued.addingTimeInterval(86_400))
    }

    @Test("A card is tried for three days of the store's clock, whose hour is put forward in between")
    func movedHour() throws {
        let oslo = try #require(TimeZone(identifier: "Europe/Oslo"))
        let issued = try Date("2027-03-26T11:00:00Z", strategy: .iso8601)
        let end = try Date("2027-03-29T10:00:00Z", strategy: .iso8601)
        let begun = DispatchRules.begin(queued, now: issued)
        for (left, state) in [(3.0, Dispatch.State.queued), (2.0, .failed)] {
            let ended = DispatchRules.end(
                begun, .unavailable(reason: "down", retryAfter: nil), issuedAt: issued,
                now: end.addingTimeInterval(-left), zone: oslo, jitter: 0)
            #expect(ended.state == state, "\(left) s before the end")
        }
    }

    @Test("A refusal is the end, and so is success; a restart in the middle queues again")
    func ends() {
        let begun = DispatchRules.begin(queued, now: issued)
        #expect(
            DispatchRules.end(begun, .refused(reason: "no"), issuedAt: issued, now: issued, zone: .gmt, jitter: 0).state
                == .failed)
        #expect(DispatchRules.end(begun, .sent, issuedAt: issued, now: issued, zone: .gmt, jitter: 0).state == .sent)
        let again = DispatchRules.restart(begun, now: issued)
        #expect(again.state == .queued && again.dueAt == issued && again.attempts == 1)
    }
}
