import Foundation
import Testing

@testable import Systems

@Suite struct FeedEngineTests {
    private static let zone = TimeZone(secondsFromGMT: 0) ?? .current
    /// 2026-11-24 12:00:00 UTC.
    private static let noon = Date(timeIntervalSince1970: 1_795_521_600)
    private static let down = SystemsError(.unavailable, "The source does not answer.")

    private static func time(_ seconds: Double) -> FeedTime {
        FeedTime(wall: noon.addingTimeInterval(seconds), uptime: .milliseconds(Int64((seconds * 1_000).rounded())))
    }

    private func engine(_ schedule: FeedSchedule = .every(seconds: 60), seed: UInt64 = 1) -> FeedEngine {
        FeedEngine(schedule: schedule, zone: Self.zone, seed: seed)
    }

    /// When the engine asks the source, from a time on, while nothing happens but time.
    private func nextFetch(_ engine: inout FeedEngine, from seconds: Double) -> Double? {
        var seconds = seconds
        for _ in 0..<100_000 {
            guard case .wait(let time) = engine.look(now: Self.time(seconds)) else { return seconds }
            if time > FeedLimits.retryAfterMax * 2 { return nil }
            seconds += time / .seconds(1)
        }
        return nil
    }

    @Test("A feed that never ran runs at once, then on its schedule")
    func schedule() {
        var engine = engine(.daily(hour: 3, minute: 0))
        let first = engine.start(lastThrough: nil, isUnderWay: false, now: Self.time(0))
        #expect(first == .fetch(anew: false))
        let more = engine.took(isLast: false, now: Self.time(1))
        #expect(more == .fetch(anew: false))
        let last = engine.took(isLast: true, now: Self.time(2))
        #expect(last == .wait(FeedLimits.lookEvery))
        #expect(nextFetch(&engine, from: 2) == 54_000.0)
    }

    @Test("Runs that were missed are caught up by one")
    func missedRuns() {
        var engine = engine(.daily(hour: 3, minute: 0))
        let threeDaysAgo = Self.noon.addingTimeInterval(-3 * 86_400)
        let first = engine.start(lastThrough: threeDaysAgo, isUnderWay: false, now: Self.time(0))
        #expect(first == .fetch(anew: false))
        _ = engine.took(isLast: true, now: Self.time(5))
        #expect(nextFetch(&engine, from: 5) == 54_000.0)
    }

    @Test("A feed that is not due waits, and one whose run was broken off goes on at once")
    func restart() {
        var waits = engine(.daily(hour: 3, minute: 0))
        let hourAgo = Self.noon.addingTimeInterval(-3_600)
        #expect(waits.start(lastThrough: hourAgo, isUnderWay: false, now: Self.time(0)) == .wait(FeedLimits.lookEvery))
        var goesOn = engine(.daily(hour: 3, minute: 0))
        #expect(goesOn.start(lastThrough: hourAgo, isUnderWay: true, now: Self.time(0)) == .fetch(anew: false))
    }

    @Test("A clock that is put on starts the run, and one that is put back delays none by more than a look")
    func clockChanges() {
        var engine = engine(.daily(hour: 3, minute: 0))
        _ = engine.start(lastThrough: Self.noon, isUnderWay: false, now: Self.time(0))
        let later = FeedTime(wall: Self.noon.addingTimeInterval(86_400), uptime: .seconds(60))
        let action = engine.look(now: later)
        #expect(action == .fetch(anew: false))
        var other = self.engine()
        let action2 = other.start(
            lastThrough: Self.noon.addingTimeInterval(3_600), isUnderWay: false, now: Self.time(0))
        #expect(action2 == .fetch(anew: false))
    }

    @Test("Pauses after failures grow, differ by chance, and are the same for the same seed", arguments: 1...50)
    func backOff(seed: UInt64) {
        var (one, other) = (engine(seed: seed), engine(seed: seed))
        _ = one.start(lastThrough: nil, isUnderWay: false, now: Self.time(0))
        _ = other.start(lastThrough: nil, isUnderWay: false, now: Self.time(0))
        var now = 0.0
        for failure in 0..<(FeedLimits.failuresMax - 1) {
            let action = one.failed(Self.down, now: Self.time(now))
            #expect(action == other.failed(Self.down, now: Self.time(now)))
            guard case .wait(let pause) = action else {
                Issue.record("seed \(seed): no pause after failure \(failure)")
                return
            }
            let whole = FeedLimits.backOffMin * (1 << failure)
            #expect(pause >= whole / 2 && pause <= whole, "seed \(seed)")
            now += pause / .seconds(1)
            #expect(one.look(now: Self.time(now)) == .fetch(anew: false))
            _ = other.look(now: Self.time(now))
        }
    }

    @Test("A source that fails time after time is left alone, tried once, and left alone for longer")
    func circuit() {
        var engine = engine()
        _ = engine.start(lastThrough: nil, isUnderWay: false, now: Self.time(0))
        var now = 0.0
        for _ in 0..<FeedLimits.failuresMax {
            _ = engine.failed(Self.down, now: Self.time(now))
            now = nextFetch(&engine, from: now) ?? now
        }
        var pause = FeedLimits.downMin
        for _ in 0..<6 {
            let before = now
            _ = engine.failed(Self.down, now: Self.time(now))
            guard case .down = engine.phase else {
                Issue.record("the circuit is closed")
                return
            }
            now = nextFetch(&engine, from: now) ?? now
            pause = min(pause * 2, FeedLimits.downMax)
            #expect(now - before >= pause / .seconds(1) && now - before <= pause / .seconds(1) * 1.1 + 0.01)
        }
        let action = engine.took(isLast: true, now: Self.time(now))
        #expect(action == .wait(.seconds(60)))
        #expect(engine.failures == 0 && engine.lastFailure == nil)
    }

    @Test("Whoever lets nobody in is not asked again and again")
    func refused() {
        var engine = engine()
        _ = engine.start(lastThrough: nil, isUnderWay: false, now: Self.time(0))
        _ = engine.failed(SystemsError(.refused, "The token is wrong."), now: Self.time(0))
        let next = nextFetch(&engine, from: 0) ?? 0
        #expect(next >= FeedLimits.downMin / .seconds(1))
        // Whoever has mended it need not wait.
        let action = engine.runNow()
        #expect(action == .fetch(anew: false))
    }

    @Test(
        "What a source asks for is waited for, a second at least and a day at most, and says nothing of its health",
        arguments: [0, 1, 7, 3_600, 200_000])
    func retryAfter(seconds: Int) {
        var engine = engine()
        _ = engine.start(lastThrough: nil, isUnderWay: false, now: Self.time(0))
        let wanted = min(max(Double(seconds), 1), 86_400)
        var now = 0.0
        for _ in 0..<(2 * FeedLimits.failuresMax) {
            _ = engine.failed(
                SystemsError(.throttled, "Too many requests.", retryAfter: .seconds(seconds)), now: Self.time(now))
            let next = nextFetch(&engine, from: now) ?? 0
            #expect(next - now >= wanted && next - now <= wanted * 1.1 + 0.01)
            now = next
        }
        #expect(engine.failures == 0)
    }

    @Test("Whoever wants everything once more has it with the next page, also amid a run, and once")
    func beginsAnewWhenWanted() {
        var engine = engine()
        _ = engine.start(lastThrough: nil, isUnderWay: false, now: Self.time(0))
        engine.beginAnew()
        // The page that was on its way is taken, and what follows it is the first one.
        let (first, second) = (
            engine.took(isLast: false, now: Self.time(1)), engine.took(isLast: false, now: Self.time(2))
        )
        #expect(first == .fetch(anew: true) && second == .fetch(anew: false))
        _ = engine.took(isLast: true, now: Self.time(3))
        engine.beginAnew()
        let woken = engine.runNow()
        #expect(woken == .fetch(anew: true))
    }

    @Test("A cursor that the source has forgotten begins the feed anew, once")
    func cursorGone() {
        var engine = engine()
        _ = engine.start(lastThrough: nil, isUnderWay: false, now: Self.time(0))
        let gone = SystemsError(.cursorGone, "The cursor is too old.")
        let anew = engine.failed(gone, now: Self.time(0))
        #expect(anew == .fetch(anew: true))
        guard case .wait = engine.failed(gone, now: Self.time(0)) else {
            Issue.record("it is asked again at once")
            return
        }
        let page = engine.took(isLast: false, now: Self.time(9))
        #expect(page == .fetch(anew: false))
        // A source that forgets its own place behind each page is not asked without end.
        guard case .wait = engine.failed(gone, now: Self.time(9)) else {
            Issue.record("it is asked again at once in the same run")
            return
        }
        _ = engine.took(isLast: true, now: Self.time(10))
        let next = engine.failed(gone, now: Self.time(11))
        #expect(next == .fetch(anew: true))
    }

    @Test(
        "Whatever happens, the engine asks for something, and a source is never asked without a pause between failures",
        arguments: 1...200)
    func sequences(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let schedules: [FeedSchedule] = [.every(seconds: 5), .hourly(minute: 7), .daily(hour: 2, minute: 30)]
        var engine = engine(schedules.randomElement(using: &random) ?? .hourly(minute: 0), seed: seed)
        var now = 0.0
        var failuresAtOnce = 0
        var action = engine.start(lastThrough: nil, isUnderWay: false, now: Self.time(0))
        for _ in 0..<300 {
            switch action {
            case .wait(let time):
                failuresAtOnce = 0
                #expect(time > .zero, "\(random.note)")
                now += min(time / .seconds(1), 90_000) * (Bool.random(using: &random) ? 1 : 0.5)
                action = engine.look(now: Self.time(now))
            case .fetch:
                if Bool.random(using: &random) {
                    failuresAtOnce = 0
                    action = engine.took(isLast: Bool.random(using: &random), now: Self.time(now))
                } else {
                    let codes: [SystemsError.Code] = [.unavailable, .throttled, .refused, .broken, .cursorGone]
                    let code = codes.randomElement(using: &random) ?? .broken
                    failuresAtOnce += 1
                    #expect(failuresAtOnce <= 2, "\(random.note)")
                    action = engine.failed(
                        SystemsError(code, "x", retryAfter: code == .throttled ? .seconds(3) : nil), now: Self.time(now)
                    )
                }
            }
        }
    }
}
