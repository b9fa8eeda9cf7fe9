import Devices

/// What a lane's customer display shows: a resting text, and for a while a passing one in front of it.
struct LaneDisplay: Sendable {
    var resting: DisplayScreen
    private var passing: (screen: DisplayScreen, until: ContinuousClock.Instant)?

    init(resting: DisplayScreen) {
        self.resting = resting
    }

    mutating func rest(_ screen: DisplayScreen) {
        resting = screen
        passing = nil
    }

    mutating func pass(_ screen: DisplayScreen, until: ContinuousClock.Instant) {
        passing = (screen, until)
    }

    mutating func elapse(to now: ContinuousClock.Instant) {
        if let passing, passing.until <= now { self.passing = nil }
    }

    var screen: DisplayScreen { passing?.screen ?? resting }
    var deadline: ContinuousClock.Instant? { passing?.until }
}
