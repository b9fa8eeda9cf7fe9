import Testing

@testable import Edge

@Suite struct BounceFilterTests {
    private struct Reading {
        var lane = "1"
        var data: [UInt8] = [1, 2, 3]
        var subject = BounceFilter.Subject.customers(["c"])
        var at = Duration.zero
    }

    /// Which of the readings repeat the one before.
    private func repeats(_ readings: [Reading]) -> [Bool] {
        var filter = BounceFilter()
        let start = ContinuousClock.now
        return readings.map {
            filter.repeats(lane: $0.lane, data: $0.data, subject: $0.subject, now: start + $0.at)
        }
    }

    @Test("A customer's code within the bounce time is the same scan")
    func within() {
        #expect(repeats([Reading(), Reading(at: .milliseconds(999))]) == [false, true])
    }

    @Test("A code that stays in view is one scan for as long as it does")
    func staysInView() {
        let readings = (0...5).map { Reading(at: .milliseconds(900 * $0)) }
        #expect(repeats(readings) == [false, true, true, true, true, true])
    }

    @Test("After the bounce time it is another scan")
    func later() {
        #expect(repeats([Reading(), Reading(at: BounceFilter.time)]) == [false, false])
    }

    @Test("Two equal articles are two articles")
    func articles() {
        #expect(repeats([Reading(subject: .nobody), Reading(subject: .nobody)]) == [false, false])
    }

    @Test("Another customer's code in between makes it another scan")
    func between() {
        let other = Reading(data: [9], subject: .customers(["d"]))
        #expect(repeats([Reading(), other, Reading()]) == [false, false, false])
    }

    @Test("An article in between does not: the customer's card is still in view")
    func articleBetween() {
        let article = Reading(data: [9], subject: .nobody, at: .milliseconds(400))
        #expect(repeats([Reading(), article, Reading(at: .milliseconds(800))]) == [false, false, true])
    }

    @Test("A code that a system outside has to tell is filtered like a customer's")
    func pending() {
        let code = Reading(subject: .pending)
        #expect(repeats([code, Reading(subject: .pending, at: .milliseconds(900))]) == [false, true])
    }

    @Test("Each lane is for itself")
    func lanes() {
        #expect(repeats([Reading(), Reading(lane: "2")]) == [false, false])
    }

    @Test("A reading that came to nothing does not count")
    func forgotten() {
        var filter = BounceFilter()
        let now = ContinuousClock.now
        _ = filter.repeats(lane: "1", data: [1], subject: .customers(["c"]), now: now)
        filter.forget(lane: "1")
        let isRepeated = filter.repeats(lane: "1", data: [1], subject: .customers(["c"]), now: now)
        #expect(!isRepeated)
    }
}
