/// When the commit thread carries its log over and deletes what is too old: seldom, in small steps, and while nobody
/// scans.
struct Housekeeping {
    private let limits: JournalLimits
    private var rowsInLog = 0
    private var lastWrite: ContinuousClock.Instant
    private var trimAt: ContinuousClock.Instant
    private var isTrimOverdue = false
    /// The lanes that this round of trimming is done with.
    private var trimmedLanes: Set<String> = []

    init(limits: JournalLimits, now: ContinuousClock.Instant) {
        self.limits = limits
        lastWrite = now
        trimAt = now
    }

    /// When there is something to do, unless scans come.
    var due: ContinuousClock.Instant {
        rowsInLog >= limits.checkpointRows ? min(trimAt, lastWrite + limits.checkpointIdle) : trimAt
    }

    func isDue(at now: ContinuousClock.Instant) -> Bool { due <= now }

    /// Whether it cannot wait for a pause.
    var isOverdue: Bool { rowsInLog >= limits.checkpointRowsMax || isTrimOverdue }

    func wantsCheckpoint(at now: ContinuousClock.Instant) -> Bool {
        rowsInLog >= limits.checkpointRowsMax
            || (rowsInLog >= limits.checkpointRows && lastWrite + limits.checkpointIdle <= now)
    }

    mutating func wrote(rows: Int, now: ContinuousClock.Instant) {
        rowsInLog += rows
        lastWrite = now
    }

    mutating func checkpointed() {
        rowsInLog = 0
    }

    func mustTrim(_ lane: String, _ numbers: LaneNumbers) -> Bool {
        numbers.keptCount > 1 && !trimmedLanes.contains(lane)
    }

    /// A lane has more scans than it may. A second word before the trimming was done means that no pause comes.
    mutating func trimSoon(now: ContinuousClock.Instant) {
        isTrimOverdue = trimAt <= now
        trimAt = min(trimAt, now)
    }

    mutating func trimmed(_ lane: String) {
        trimmedLanes.insert(lane)
    }

    /// Nothing more to do for a while.
    mutating func rest(now: ContinuousClock.Instant) {
        trimmedLanes = []
        trimAt = now + limits.trimEvery
        isTrimOverdue = false
    }
}
