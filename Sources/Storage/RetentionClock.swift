package import Foundation

/// The time by which things grow too old to be kept: the clock on the wall, except that one which jumps far ahead is not
/// believed at once. What was deleted by a wrong clock is gone; what is kept a day longer does no harm.
package struct RetentionClock: Sendable {
    private var believed: Date?
    private var at: ContinuousClock.Instant
    private var aheadSince: ContinuousClock.Instant?
    private let jumpMax: Duration
    private let believedAfter: Duration

    /// - Parameters:
    ///   - newest: the latest time that the files know, `nil` when they are empty.
    ///   - jumpMax: by how much the clock may be ahead of what it was last before nothing is deleted by it.
    ///   - believedAfter: how long it has to be so until it is believed.
    package init(newest: Date?, jumpMax: Duration, believedAfter: Duration, uptime: ContinuousClock.Instant) {
        believed = newest
        at = uptime
        self.jumpMax = jumpMax
        self.believedAfter = believedAfter
    }

    /// - Parameters:
    ///   - wall: the clock that somebody may set.
    ///   - uptime: the one that nobody sets.
    package mutating func time(wall: Date, uptime: ContinuousClock.Instant) -> Date {
        let steady = believed.map { $0 + at.duration(to: uptime) / .seconds(1) } ?? wall
        at = uptime
        guard wall.timeIntervalSince(steady) > jumpMax / .seconds(1) else {
            aheadSince = nil
            believed = wall
            return wall
        }
        let since = aheadSince ?? uptime
        aheadSince = since
        // A clock that is ahead for so long is right, and the store was closed or its clock stood.
        let isBelieved = since.duration(to: uptime) >= believedAfter
        if isBelieved { aheadSince = nil }
        let time = isBelieved ? wall : steady
        believed = time
        return time
    }
}
