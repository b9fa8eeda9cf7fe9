import Testing

@testable import Edge

@Suite struct BounceFilterTests {
    private struct Reading {
        var lane = "1"
        var data: [UInt8] = [1, 2, 3]
        var customers = ["c"]
        var at = Duration.zero
    }

    /// Which of the readings repeat the one before.
    private func repeats(_ readings: [Reading]) -> [Bool] {
        var filter = BounceFilter()
        let start = ContinuousClock.now
        return readings.map {
            filter.repeats(lane: $0.lane, data: $0.data, customers: $0.customers, now: start + $0.at)
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
        #expect(repeats([Reading(customers: []), Reading(customers: [])]) == [false, false])
    }

    @Test("Something else in between makes it another scan")
    func between() {
        #expect(repeats([Reading(), Reading(data: [9], customers: []), Reading()]) == [false, false, false])
    }

    @Test("Each lane is for itself")
    func lanes() {
        #expect(repeats([Reading(), Reading(lane: "2")]) == [false, false])
    }

    @Test("A reading that came to nothing does not count")
    func forgotten() {
        var filter = BounceFilter()
        let now = ContinuousClock.now
        _ = filter.repeats(lane: "1", data: [1], customers: ["c"], now: now)
        filter.forget(lane: "1")
        let isRepeated = filter.repeats(lane: "1", data: [1], customers: ["c"], now: now)
        #expect(!isRepeated)
    }
}
