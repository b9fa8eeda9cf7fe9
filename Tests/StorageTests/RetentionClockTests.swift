import Foundation
import Testing

@testable import Storage

@Suite("The clock by which things are forgotten")
struct RetentionClockTests {
    private let noon = Date(timeIntervalSince1970: 1_795_521_600)
    private let start = ContinuousClock.now
    private let day = 86_400.0

    private func clock(newest: Date?) -> RetentionClock {
        RetentionClock(
            newest: newest, jumpMax: .seconds(3 * 86_400), believedAfter: .seconds(86_400), uptime: start)
    }

    @Test("It is the clock on the wall while that runs as it should, and after a weekend too")
    func follows() {
        var clock = clock(newest: noon - 2.5 * day)
        #expect(clock.time(wall: noon, uptime: start) == noon)
        for hour in 1...100 {
            let wall = noon + Double(hour) * 3_600
            #expect(clock.time(wall: wall, uptime: start + .seconds(hour * 3_600)) == wall)
        }
    }

    @Test("A clock that jumps years ahead is not believed for a day, and not at all when it is put right before")
    func doubtsJumps() {
        var clock = clock(newest: noon)
        #expect(clock.time(wall: noon, uptime: start) == noon)
        for hour in 1...23 {
            let passed = Double(hour) * 3_600
            let time = clock.time(wall: noon + 4_000 * day + passed, uptime: start + .seconds(passed))
            #expect(abs(time.timeIntervalSince(noon + passed)) < 1)
        }
        #expect(clock.time(wall: noon + day, uptime: start + .seconds(day)) == noon + day)
        let ahead = noon + 4_000 * day
        #expect(clock.time(wall: ahead, uptime: start + .seconds(2 * day)) < noon + 3 * day)
        #expect(clock.time(wall: ahead, uptime: start + .seconds(3 * day - 1)) < noon + 4 * day)
        #expect(clock.time(wall: ahead, uptime: start + .seconds(3 * day)) == ahead)
    }

    @Test("A start after the clock went wrong takes the file's word for the time first")
    func doubtsStarts() {
        var clock = clock(newest: noon)
        #expect(clock.time(wall: noon + 800 * day, uptime: start) == noon)
    }

    @Test("A clock that is put back is believed at once: nothing is deleted too early by it")
    func believesBack() {
        var clock = clock(newest: noon)
        #expect(clock.time(wall: noon - 500 * day, uptime: start) == noon - 500 * day)
        #expect(clock.time(wall: noon, uptime: start + .seconds(1)) < noon - 499 * day)
    }

    @Test("A journal with nothing in it goes by the clock on the wall")
    func begins() {
        var clock = clock(newest: nil)
        #expect(clock.time(wall: noon, uptime: start) == noon)
    }
}
