/// What a lane's customer display shows: a resting text, and for a while a passing one in front of it.
struct LaneDisplay: Sendable {
    var resting: [String]
    private var passing: (lines: [String], until: ContinuousClock.Instant)?

    init(resting: [String]) {
        self.resting = resting
    }

    mutating func rest(_ lines: [String]) {
        resting = lines
        passing = nil
    }

    mutating func pass(_ lines: [String], until: ContinuousClock.Instant) {
        passing = (lines, until)
    }

    mutating func elapse(to now: ContinuousClock.Instant) {
        if let passing, passing.until <= now { self.passing = nil }
    }

    var lines: [String] { passing?.lines ?? resting }
    var deadline: ContinuousClock.Instant? { passing?.until }
}
