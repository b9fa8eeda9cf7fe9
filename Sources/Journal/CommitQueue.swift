/// What waits for the commit thread, and where each lane stands. A value without threads; ``CommitMailbox`` keeps it
/// behind a lock.
struct CommitQueue: Sendable {
    /// A scan that waits for its commit, with whom to hand it to afterwards.
    struct Waiting: Sendable {
        var scan: JournaledScan
        let committed: @Sendable (JournaledScan) -> Void
    }

    /// What one transaction writes.
    struct Batch: Sendable {
        var waiting: [Waiting] = []
        var settlements: [ScanPlace: Settlement] = [:]
        var acknowledgements: [String: UInt64] = [:]

        var isEmpty: Bool { waiting.isEmpty && settlements.isEmpty && acknowledgements.isEmpty }
    }

    let epoch: UInt64
    let limits: JournalLimits
    private(set) var lanes: [String: LaneNumbers]
    private var waiting: [Waiting] = []
    /// Kept until they are on the disk, so that a reader sees them too.
    private(set) var settlements: [ScanPlace: Settlement] = [:]
    private(set) var acknowledgements: [String: UInt64] = [:]
    /// Scans handed on without being written, oldest first.
    private(set) var unwritten: [JournaledScan] = []
    /// When what waits for a scan to go along with is written without one.
    private(set) var flushAt: ContinuousClock.Instant?
    private(set) var isClosing = false

    init(epoch: UInt64, lanes: [String: LaneNumbers], limits: JournalLimits) {
        self.epoch = epoch
        self.lanes = lanes
        self.limits = limits
    }

    // MARK: From any thread

    mutating func append(
        _ entry: ScanEntry, committed: @escaping @Sendable (JournaledScan) -> Void
    ) -> Appended {
        guard !isClosing, waiting.count < limits.pendingScansMax,
            lanes.count < limits.lanesMax || lanes[entry.lane] != nil
        else { return .queueFull }
        let sequence = lanes[entry.lane, default: LaneNumbers()].number()
        let scan = JournaledScan(epoch: epoch, sequence: sequence, entry: entry)
        waiting.append(Waiting(scan: scan, committed: committed))
        return .numbered(epoch: epoch, sequence: sequence)
    }

    /// - Returns: false when it is not remembered: the scan has no number yet, or too many wait.
    mutating func settle(_ place: ScanPlace, _ settlement: Settlement, now: ContinuousClock.Instant) -> Bool {
        guard let lane = lanes[place.lane], place.sequence > 0, place.sequence <= lane.last,
            settlements.count < limits.settlementsMax || settlements[place] != nil
        else { return false }
        settlements[place] = settlement
        if let index = unwritten.lastIndex(where: { $0.place == place }) {
            unwritten[index].attachment = settlement.attachment
            unwritten[index].expired = settlement.expired
        }
        flushAt = flushAt ?? now + limits.flushAfter
        return true
    }

    /// - Returns: false when it is known already, or the scan has no number yet.
    mutating func acknowledge(_ place: ScanPlace, now: ContinuousClock.Instant) -> Bool {
        guard let lane = lanes[place.lane], place.sequence > lane.acknowledged, place.sequence <= lane.last
        else { return false }
        lanes[place.lane]?.acknowledged = place.sequence
        acknowledgements[place.lane] = place.sequence
        flushAt = flushAt ?? now + limits.flushAfter
        return true
    }

    /// The scans of a lane after a number that are only in memory.
    func unwritten(lane: String, after sequence: UInt64) -> [JournaledScan] {
        unwritten.filter { $0.entry.lane == lane && $0.sequence > sequence }
    }

    mutating func close() {
        isClosing = true
    }

    // MARK: From the commit thread

    /// Whether the commit thread finds something before a deadline passes.
    func isReady(before deadline: ContinuousClock.Instant) -> Bool {
        !waiting.isEmpty || isClosing || (flushAt.map { $0 < deadline } ?? false)
    }

    /// What the next transaction writes: the scans that wait, or what waited long enough for one.
    mutating func take(now: ContinuousClock.Instant) -> Batch {
        let isDue = flushAt.map { $0 <= now } ?? false
        guard !waiting.isEmpty || isDue || isClosing else { return Batch() }
        var batch = Batch(settlements: settlements, acknowledgements: acknowledgements)
        if waiting.count <= limits.commitScansMax {
            swap(&batch.waiting, &waiting)
        } else {
            batch.waiting = Array(waiting.prefix(limits.commitScansMax))
            waiting.removeFirst(limits.commitScansMax)
        }
        return batch
    }

    /// The oldest of what the disk refused so far.
    func refused() -> Batch {
        // Whoever waits for these scans has had them.
        let scans = unwritten.prefix(limits.commitScansMax).map { Waiting(scan: $0, committed: { _ in }) }
        return Batch(waiting: scans, settlements: settlements, acknowledgements: acknowledgements)
    }

    mutating func written(_ batch: Batch, now: ContinuousClock.Instant) {
        for item in batch.waiting { pass(item.scan) }
        for (place, settlement) in batch.settlements where settlements[place] == settlement {
            settlements[place] = nil
        }
        for (lane, sequence) in batch.acknowledgements where acknowledgements[lane] == sequence {
            acknowledgements[lane] = nil
        }
        flushAt = settlements.isEmpty && acknowledgements.isEmpty ? nil : now + limits.flushAfter
    }

    /// What ``refused()`` gave is on the disk.
    mutating func recovered(_ batch: Batch, now: ContinuousClock.Instant) {
        let places = Set(batch.waiting.map(\.scan.place))
        unwritten.removeAll { places.contains($0.place) }
        written(batch, now: now)
    }

    /// The disk refused these scans; they stay in memory, and older ones go where there are too many.
    mutating func keep(_ scans: [JournaledScan]) {
        for scan in scans { pass(scan) }
        unwritten += scans
        flushAt = nil
        let excess = unwritten.count - limits.unwrittenScansMax
        if excess > 0 { unwritten.removeFirst(excess) }
    }

    /// Whether a lane has so many scans that they are trimmed before the next round.
    func isOverfull(_ lane: String) -> Bool {
        (lanes[lane]?.keptCount ?? 0) >= limits.keptScansMax + limits.trimScansMax
    }

    mutating func trimmed(lane: String, firstKept: UInt64) {
        lanes[lane]?.firstKept = firstKept
    }

    private mutating func pass(_ scan: JournaledScan) {
        lanes[scan.entry.lane]?.pass(scan.sequence)
    }
}
