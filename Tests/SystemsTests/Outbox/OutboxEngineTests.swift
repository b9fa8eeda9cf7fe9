import Foundation
import Testing

@testable import Journal
@testable import Systems

@Suite("When the outbox delivers")
struct OutboxEngineTests {
    private static let noon = Date(timeIntervalSince1970: 1_795_521_600)

    private static func time(_ seconds: Double) -> FeedTime {
        FeedTime(wall: noon + seconds, uptime: .seconds(seconds))
    }

    private static func pending(_ attempts: Int = 0) -> OutboxStanding {
        OutboxStanding(attempts: attempts, dueAt: noon, createdAt: noon, changedAt: noon)
    }

    /// A delivery from its begin to its end.
    private static func deliver(
        _ engine: inout OutboxEngine, _ standing: OutboxStanding, _ delivery: Delivery, at seconds: Double = 0
    ) -> OutboxStanding {
        let begun = engine.begun(standing, now: time(seconds))
        #expect(begun.state == .sending && begun.attempts == standing.attempts + 1)
        return engine.ended(begun, delivery, now: time(seconds))
    }

    @Test(
        "An entry whose time has come is delivered, another one is waited for, an empty queue is looked at now and then"
    )
    func actions() {
        let engine = OutboxEngine(seed: 1)
        var standing = Self.pending()
        #expect(engine.action(first: standing, now: Self.time(0)) == .deliver)
        standing.dueAt = Self.noon + 7
        #expect(engine.action(first: standing, now: Self.time(0)) == .wait(.seconds(7)))
        #expect(engine.action(first: nil, now: Self.time(0)) == .wait(OutboxDelivery.lookEvery))
        (standing.state, standing.dueAt) = (.unknown, Self.noon)
        #expect(engine.action(first: standing, now: Self.time(0)) == .check)
    }

    @Test("What the system took is sent, and what it refuses is held for a person")
    func ends() {
        var engine = OutboxEngine(seed: 1)
        #expect(Self.deliver(&engine, Self.pending(), .done).state == .sent)
        let refused = Self.deliver(&engine, Self.pending(), .refused(reason: "No such client."))
        #expect(refused.state == .refused && refused.reason == "No such client.")
        #expect(!engine.isDown && engine.failures == 0)
    }

    @Test("Each failure of an entry doubles its pause, within half of it by chance, up to the longest one")
    func backsOff() {
        for seed in 0..<200 as Range<UInt64> {
            var engine = OutboxEngine(seed: seed)
            var standing = Self.pending()
            var pause = 2.0
            for _ in 0..<12 {
                standing = Self.deliver(&engine, standing, .retry(reason: "500"))
                let wait = standing.dueAt.timeIntervalSince(Self.noon)
                #expect(wait >= pause / 2 - 0.001 && wait <= pause + 0.001, "seed \(seed): \(wait) of \(pause)")
                pause = min(pause * 2, 600)
            }
            #expect(standing.state == .pending && standing.attempts == 12)
        }
    }

    @Test("A system that says when to come again is left alone until then, and is not down for it")
    func retryAfter() {
        var engine = OutboxEngine(seed: 1)
        let standing = Self.deliver(&engine, Self.pending(), .retry(reason: "429", after: .seconds(30)))
        #expect(standing.dueAt >= Self.noon + 30)
        // Another entry waits as well.
        guard case .wait(let wait) = engine.action(first: Self.pending(), now: Self.time(1)) else {
            Issue.record("It does not wait.")
            return
        }
        #expect(wait >= .seconds(29) && wait <= .seconds(32.1))
        #expect(!engine.isDown)
        #expect(engine.action(first: Self.pending(), now: Self.time(34)) == .deliver)
    }

    @Test(
        "A system that fails again and again is left alone for longer and longer, tried once in between, and back at once"
    )
    func circuit() {
        var engine = OutboxEngine(seed: 1)
        for _ in 0..<OutboxDelivery.failuresMax {
            #expect(!engine.isDown)
            _ = Self.deliver(&engine, Self.pending(), .retry(reason: "No route."))
        }
        #expect(engine.isDown && engine.lastFailure == "No route.")
        let first = engine.pause(now: Self.time(0)) ?? .zero
        #expect(first >= .seconds(30) && first <= .seconds(33))
        _ = Self.deliver(&engine, Self.pending(), .retry(reason: "No route."), at: 40)
        #expect((engine.pause(now: Self.time(40)) ?? .zero) >= .seconds(60))
        _ = Self.deliver(&engine, Self.pending(), .done, at: 120)
        #expect(!engine.isDown && engine.pause(now: Self.time(120)) == nil)
    }

    @Test("A person has a system that is down tried at once, and one that asked to be left alone is left alone")
    func wakes() {
        var engine = OutboxEngine(seed: 1)
        for _ in 0..<OutboxDelivery.failuresMax {
            _ = Self.deliver(&engine, Self.pending(), .retry(reason: "No route."))
        }
        #expect(engine.pause(now: Self.time(0)) != nil)
        engine.wake()
        #expect(engine.pause(now: Self.time(0)) == nil && engine.isDown)
        #expect(engine.action(first: Self.pending(), now: Self.time(0)) == .deliver)
        _ = Self.deliver(&engine, Self.pending(), .retry(reason: "429", after: .seconds(30)))
        engine.wake()
        #expect((engine.pause(now: Self.time(0)) ?? .zero) >= .seconds(30))
        _ = Self.deliver(&engine, Self.pending(), .done, at: 40)
        #expect(engine.pause(now: Self.time(40)) == nil)
    }

    @Test("An unknown outcome is looked for, and is delivered again only when it surely is not there")
    func unknown() {
        var engine = OutboxEngine(seed: 1)
        var standing = Self.deliver(&engine, Self.pending(), .unknown(reason: "The answer was lost."))
        #expect(standing.state == .unknown && standing.dueAt > Self.noon)
        #expect(engine.action(first: standing, now: Self.time(10)) == .check)
        standing = engine.ended(standing, .unknown(reason: "Not yet."), now: Self.time(10))
        #expect(standing.state == .unknown && standing.checks == 1 && standing.attempts == 1)
        #expect(engine.ended(standing, .done, now: Self.time(60)).state == .sent)
        #expect(engine.ended(standing, .refused(reason: "no"), now: Self.time(60)).state == .refused)
        let again = engine.ended(standing, .retry(reason: "It is not there."), now: Self.time(60))
        #expect(again.state == .pending && again.dueAt == Self.noon + 60)
    }

    @Test("What was being delivered when the edge ended is delivered again only when that does no harm")
    func interrupted() {
        let engine = OutboxEngine(seed: 1)
        let sending = engine.begun(Self.pending(), now: Self.time(0))
        #expect(engine.interrupted(sending, isRepeatable: true, now: Self.time(5)).state == .pending)
        #expect(engine.interrupted(sending, isRepeatable: false, now: Self.time(5)).state == .unknown)
    }

    @Test("What could not be delivered for weeks is shown to somebody")
    func old() {
        var engine = OutboxEngine(seed: 1)
        let month = 31.0 * 86_400
        let jumped = Self.deliver(&engine, Self.pending(3), .retry(reason: "503"), at: month)
        #expect(jumped.state == .pending, "the clock was put forward")
        let standing = Self.deliver(&engine, Self.pending(30), .retry(reason: "503"), at: month)
        #expect(standing.state == .refused && standing.reason == "It could not be delivered for 30 days: 503")
    }
}
