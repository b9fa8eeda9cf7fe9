import Foundation
import Synchronization

/// How long reservations last, by a clock that nobody sets: one that is put forward ends none, and one that is put back
/// keeps none for ever.
final class ReservationTimes: Sendable {
    /// Reservations that are timed; of further ones the clock on the wall decides.
    private static let timedMax = 10_000

    private let ends = Mutex<[[UInt8]: ContinuousClock.Instant]>([:])
    private let longest: TimeInterval
    private let uptime: @Sendable () -> ContinuousClock.Instant

    /// - Parameter longest: as long as a reservation lasts at most.
    init(
        longest: TimeInterval, uptime: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.longest = longest
        self.uptime = uptime
    }

    /// How many seconds a reservation has left; none when it is past its time. One that was made before the edge started
    /// is taken by what the clock on the wall says when it is first asked for, and lasts no longer than a new one.
    func left(of id: [UInt8], expiresAt: Date, now: Date) -> TimeInterval {
        let time = uptime()
        return ends.withLock { ends in
            if let end = ends[id] { return max(0, time.duration(to: end) / .seconds(1)) }
            let left = min(max(0, expiresAt.timeIntervalSince(now)), longest)
            if ends.count >= Self.timedMax { ends = ends.filter { $0.value > time } }
            if ends.count < Self.timedMax { ends[id] = time + .seconds(left) }
            return left
        }
    }

    /// A reservation came to its end otherwise.
    func forget(_ id: [UInt8]) { ends.withLock { $0[id] = nil } }
}
