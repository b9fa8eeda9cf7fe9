import Foundation
import Journal
import Testing

@testable import Edge

@Suite struct ScanEntryAgeTests {
    private let read = Date(timeIntervalSince1970: 1_795_521_600)

    private func age(after seconds: Double) -> Duration {
        ScanEntry(lane: "1", data: [], symbology: 0, aim: "", device: "1-1", scannedAt: read, family: 0)
            .age(at: read.addingTimeInterval(seconds))
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
}
