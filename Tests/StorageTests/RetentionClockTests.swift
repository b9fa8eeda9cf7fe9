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
            note: newest.map { RetentionClock.Note(believed: $0) }, jumpMax: .seconds(3 * 86_400),
            believedAfter: .seconds(86_400), uptime: start)
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

    @Test("A clock that is put back deletes nothing too early, and one that was put right again is believed at once")
    func believesBack() {
        var clock = clock(newest: noon)
        // A machine without a clock of its own begins in 1970, until the network tells it the time.
        #expect(clock.time(wall: Date(timeIntervalSince1970: 9), uptime: start) == Date(timeIntervalSince1970: 9))
        #expect(clock.time(wall: noon, uptime: start + .seconds(60)) == noon)
        for hour in 1...24 {
            let passed = Double(hour) * 3_600
            let wall = noon - 500 * day + passed
            #expect(clock.time(wall: wall, uptime: start + .seconds(60 + passed)) == wall)
        }
        // After a day it is the time, and the one before would be a jump.
        let wall = noon - 499 * day + 3_600
        #expect(clock.time(wall: wall, uptime: start + .seconds(60 + day + 3_600)) == wall)
        #expect(clock.time(wall: noon, uptime: start + .seconds(60 + day + 3_601)) < noon - 498 * day)
    }

    /// Goes on after a restart, which takes no time that is counted.
    private func restarted(_ clock: RetentionClock, uptime: ContinuousClock.Instant) -> RetentionClock {
        RetentionClock(
            note: clock.note, jumpMax: .seconds(3 * day), believedAfter: .seconds(day), uptime: uptime)
    }

    @Test("Starts with a clock that is years ahead do not wear the doubt down, but a day of running in all does")
    func doubtsOverStarts() {
        var clock = clock(newest: noon)
        #expect(clock.time(wall: noon, uptime: start) == noon)
        let ahead = noon + 800 * day
        for restart in 1...20 {
            clock = restarted(clock, uptime: start)
            let time = clock.time(wall: ahead + Double(restart), uptime: start)
            #expect(time < noon + 60, "restart \(restart)")
        }
        // A store that runs ten hours a day, and was closed for long.
        var time = noon
        for morning in 0..<3 {
            clock = restarted(clock, uptime: start)
            for hour in 0...10 {
                let wall = ahead + Double(morning) * day + Double(hour) * 3_600
                time = clock.time(wall: wall, uptime: start + .seconds(hour * 3_600))
            }
            if morning < 2 { #expect(time < noon + 2 * day) }
        }
        #expect(time == ahead + 2 * day + 10 * 3_600)
    }

    @Test("A journal with nothing in it goes by the clock on the wall")
    func begins() {
        var clock = clock(newest: nil)
        #expect(clock.time(wall: noon, uptime: start) == noon)
    }
}
