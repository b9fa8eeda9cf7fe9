package import Foundation

/// The time by which things grow too old to be kept: the clock on the wall, except that one which jumps is not believed at
/// once. What was deleted by a wrong clock is gone; what is kept a day longer does no harm.
///
/// What is believed outlives the process as a ``Note``: a machine that begins with a wrong clock, or begins anew with one, has
/// its doubts as one that ran on.
package struct RetentionClock: Sendable {
    /// What is believed, and what is doubted.
    package struct Note: Sendable, Equatable {
        /// The time that is believed.
        package var believed: Date
        /// The clock on the wall as it was last, while it is not believed; `nil` while it is.
        package var doubted: Date?
        /// How long it has been so while a process ran.
        package var doubtedFor: Duration

        /// What was kept, or is to be.
        package init(believed: Date, doubted: Date? = nil, doubtedFor: Duration = .zero) {
            self.believed = believed
            self.doubted = doubted
            self.doubtedFor = doubtedFor
        }
    }

    /// `nil` until the first time that is asked for, where nothing was known before.
    package private(set) var note: Note?
    private var at: ContinuousClock.Instant
    private let jumpMax: Duration
    private let believedAfter: Duration

    /// - Parameters:
    ///   - note: what was believed before, `nil` when nothing is known of that.
    ///   - jumpMax: by how much the clock may differ from what it was last before it is doubted.
    ///   - believedAfter: how long it has to be so, restarts in between, until it is believed.
    package init(note: Note?, jumpMax: Duration, believedAfter: Duration, uptime: ContinuousClock.Instant) {
        self.note = note
        at = uptime
        self.jumpMax = jumpMax
        self.believedAfter = believedAfter
    }

    /// A clock that was put back is the time at once, so that nothing is deleted too early by it; but what was believed before
    /// is not forgotten for it.
    /// - Parameters:
    ///   - wall: the clock that somebody may set.
    ///   - uptime: the one that nobody sets.
    package mutating func time(wall: Date, uptime: ContinuousClock.Instant) -> Date {
        let passed = at.duration(to: uptime)
        at = uptime
        guard var note else {
            note = Note(believed: wall)
            return wall
        }
        let steady = note.believed + passed / .seconds(1)
        if isNear(wall, steady) {
            self.note = Note(believed: wall)
            return wall
        }
        let goesOn = note.doubted.map { isNear(wall, $0 + passed / .seconds(1)) } ?? false
        note = Note(believed: steady, doubted: wall, doubtedFor: goesOn ? note.doubtedFor + passed : .zero)
        // A clock that differs for so long is right, and the store was closed or its clock stood.
        if note.doubtedFor >= believedAfter { note = Note(believed: wall) }
        self.note = note
        return min(wall, note.believed)
    }

    private func isNear(_ one: Date, _ other: Date) -> Bool {
        abs(one.timeIntervalSince(other)) <= jumpMax / .seconds(1)
    }
}
