import Foundation
import Synchronization
import Testing

@testable import Edge

@Suite("How long reservations last")
struct ReservationTimesTests {
    private let noon = Date(timeIntervalSince1970: 1_795_521_600)

    @Test("A clock that is put forward or back changes nothing, and the time itself does")
    func keeps() {
        let uptime = Mutex(ContinuousClock.now)
        let times = ReservationTimes(longest: 900, uptime: { uptime.withLock { $0 } })
        #expect(times.left(of: [1], expiresAt: noon + 900, now: noon) == 900)
        #expect(times.left(of: [1], expiresAt: noon + 900, now: noon + 86_400) == 900)
        #expect(times.left(of: [1], expiresAt: noon + 900, now: noon - 86_400) == 900)
        uptime.withLock { $0 += .seconds(800) }
        #expect(times.left(of: [1], expiresAt: noon + 900, now: noon) == 100)
        uptime.withLock { $0 += .seconds(101) }
        #expect(times.left(of: [1], expiresAt: noon + 900, now: noon) == 0)
    }

    @Test("One of before the start lasts as the clock on the wall says then, and no longer than a new one")
    func takesUp() {
        let times = ReservationTimes(longest: 900)
        #expect(times.left(of: [1], expiresAt: noon + 86_400, now: noon) == 900)
        #expect(times.left(of: [2], expiresAt: noon - 1, now: noon) == 0)
        #expect(times.left(of: [3], expiresAt: noon + 60, now: noon) == 60)
    }
}
