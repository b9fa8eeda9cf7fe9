import Foundation
import Journal
import Testing

@testable import Edge

@Suite struct ScanEntryAgeTests {
    private let read = Date(timeIntervalSince1970: 1_795_521_600)

    private func age(after seconds: Double) -> Duration {
        ScanEntry(lane: "1", data: [], symbology: 0, aim: "", device: "1-1", scannedAt: read, family: 0)
            .age(at: read.addingTimeInterval(seconds), nil)
    }

    @Test("A scan is as old as the time since it was read")
    func usual() {
        #expect(age(after: 30) == .seconds(30))
    }

    @Test("A clock that runs a little unevenly makes a scan new, not old")
    func uneven() {
        #expect(age(after: -0.5) == .zero)
    }

    @Test("A scan from the future was read before the clock was set back: it is older than its time")
    func setBack() {
        #expect(age(after: -3_600) > LaneLimits().scanTime)
    }

    /// The age of a scan that was read a minute after a boot began.
    private func age(readIn boot: Int64?, at now: BootTime, wallSeconds: Double) -> Duration {
        let bootTime = boot.map { BootTime(boot: $0, elapsed: .seconds(60)) }
        return ScanEntry(
            lane: "1", data: [], symbology: 0, aim: "", device: "1-1", scannedAt: read, bootTime: bootTime, family: 0
        ).age(at: read.addingTimeInterval(wallSeconds), now)
    }

    @Test(
        "Within a boot a scan is as old as the machine says, wherever somebody set the clock to",
        arguments: [
            -86_400.0, 0, 5, 86_400,
        ])
    func clockIsSet(wallSeconds: Double) {
        let now = BootTime(boot: 7, elapsed: .seconds(65))
        #expect(age(readIn: 7, at: now, wallSeconds: wallSeconds) == .seconds(5))
    }

    @Test("After a power cut no scan is fresh, though a clock that stood still says that it was read just now")
    func otherBoot() {
        let now = BootTime(boot: 8, elapsed: .seconds(61))
        #expect(age(readIn: 7, at: now, wallSeconds: 1) > LaneLimits().scanTime)
        #expect(age(readIn: nil, at: now, wallSeconds: 1) > LaneLimits().scanTime, "an earlier version's")
    }
}
