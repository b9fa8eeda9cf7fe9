/// What waits for the commit thread, and where each lane stands. A value without threads; ``CommitMailbox`` keeps it
/// behind a lock.
struct CommitQueue: Sendable {
    /// A scan that waits for its commit, with whom to hand it to afterwards.
    struct Waiting: Sendable {
        var scan: JournaledScan
        var operation: AnsweredOperation?
        let committed: @Sendable (JournaledScan) -> Void
    }

    /// What a lane has to know after a restart.
    struct State: Sendable {
        let number: UInt64
        let make: @Sendable () -> [UInt8]
    }

    /// What one transaction writes.
    struct Batch: Sendable {
        var waiting: [Waiting] = []
        var settlements: [ScanPlace: Settlement] = [:]
        var acknowledgements: [String: UInt64] = [:]
        var states: [String: State] = [:]
        /// Those without a scan of their own.
        var operations: [AnsweredOperation] = []
        /// What goes to systems outside, by numbers in the order in which it came.
        var drafts: [UInt64: OutboxDraft] = [:]
        /// Who waits for all this to be written.
        var callers: [@Sendable () -> Void] = []

        var writesNothing: Bool {
            waiting.isEmpty && settlements.isEmpty && acknowledgements.isEmpty && states.isEmpty && operations.isEmpty
                && drafts.isEmpty
        }
        var isEmpty: Bool { writesNothing && callers.isEmpty }
        var rowCount: Int { waiting.count + settlements.count + states.count + operations.count + drafts.count }
    }

    let epoch: UInt64
    let limits: JournalLimits
    private(set) var lanes: [String: LaneNumbers]
    private var waiting: [Waiting] = []
    /// Kept until they are on the disk, so that a reader sees them too.
    private(set) var settlements: [ScanPlace: Settlement] = [:]
    private(set) var acknowledgements: [String: UInt64] = [:]
    private var states: [String: State] = [:]
    private var lastState: UInt64 = 0
    /// Operations that are not on the disk yet, by their keys.
    private var operations: [[UInt8]: (answered: AnsweredOperation, hasScan: Bool)] = [:]
    private var drafts: [UInt64: OutboxDraft] = [:]
    private var lastDraft: UInt64 = 0
    /// Drafts that were lost since somebody looked; see ``JournalLimits/draftsWaitingMax``.
    private(set) var lostDrafts = 0
    /// Rows that others wrote into the file since the commit thread looked.
    private var rowsOfOthers = 0
    private var callers: [@Sendable () -> Void] = []
    /// Whether the commit thread has a batch in its hands.
    private var isWriting = false
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
        _ entry: ScanEntry, operation: ScanOperation? = nil, committed: @escaping @Sendable (JournaledScan) -> Void
    ) -> Appended {
        guard !isClosing, waiting.count < limits.pendingScansMax,
            lanes.count < limits.lanesMax || lanes[entry.lane] != nil
        else { return .queueFull }
        let sequence = lanes[entry.lane, default: LaneNumbers()].number()
        let scan = JournaledScan(epoch: epoch, sequence: sequence, entry: entry)
        let answered = operation.map { AnsweredOperation($0.operation, answer: $0.answer(epoch, sequence)) }
        if let answered { operations[answered.operation.key] = (answered, true) }
        waiting.append(Waiting(scan: scan, operation: answered, committed: committed))
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

    /// Takes note of what changed in a lane.
    /// - Parameter caller: called once all this is written, or cannot be; `nil` when nobody waits.
    mutating func note(
        _ change: LaneChange, lane: String, now: ContinuousClock.Instant, caller: (@Sendable () -> Void)?
    ) {
        for (sequence, settlement) in change.settlements {
            _ = settle(ScanPlace(lane: lane, sequence: sequence), settlement, now: now)
        }
        if let sequence = change.acknowledged {
            _ = acknowledge(ScanPlace(lane: lane, sequence: sequence), now: now)
        }
        if let make = change.state, states.count < limits.lanesMax || states[lane] != nil {
            lastState += 1
            states[lane] = State(number: lastState, make: make)
            flushAt = flushAt ?? now + limits.flushAfter
        }
        // While the disk refuses for long, what is answered then is only known to those who got it.
        if let answered = change.operation, operations.count < limits.operationsWaitingMax {
            operations[answered.operation.key] = (answered, false)
            flushAt = flushAt ?? now + limits.flushAfter
        }
        for draft in change.outbox {
            guard draft.fits, drafts.count < limits.draftsWaitingMax else {
                lostDrafts += 1
                continue
            }
            lastDraft += 1
            drafts[lastDraft] = draft
            flushAt = flushAt ?? now + limits.flushAfter
        }
        if let caller { callers.append(caller) }
    }

    /// Others have written rows into the file.
    /// - Returns: whether the commit thread has to look at its log.
    mutating func wroteElsewhere(rows: Int) -> Bool {
        rowsOfOthers += rows
        return rowsOfOthers >= limits.checkpointRows
    }

    /// What others wrote and what was lost since this was asked last.
    mutating func takeCounts() -> (rowsOfOthers: Int, lostDrafts: Int) {
        defer { (rowsOfOthers, lostDrafts) = (0, 0) }
        return (rowsOfOthers, lostDrafts)
    }

    /// Whether everything that was noted is on the disk.
    var isAllWritten: Bool {
        !isWriting && waiting.isEmpty && settlements.isEmpty && acknowledgements.isEmpty && states.isEmpty
            && operations.isEmpty && drafts.isEmpty
    }

    /// What is known of an operation that is not on the disk yet; `nil` when nothing is.
    func record(of operation: Operation) -> OperationRecord? {
        operations[operation.key].map { found in
            operation.isCall(found.answered.operation.payload) ? .answered(found.answered.answer) : .other
        }
    }

    /// Empties scans that are only in memory.
    /// - Returns: how many.
    mutating func blankUnwritten(where matches: (ScanEntry) -> Bool) -> Int {
        var count = 0
        for index in unwritten.indices where !unwritten[index].entry.data.isEmpty && matches(unwritten[index].entry) {
            unwritten[index] = unwritten[index].blanked
            count += 1
        }
        return count
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
        !waiting.isEmpty || !callers.isEmpty || isClosing || rowsOfOthers >= limits.checkpointRows
            || (flushAt.map { $0 < deadline } ?? false)
    }

    /// What the next transaction writes: the scans that wait, or what waited long enough for one.
    mutating func take(now: ContinuousClock.Instant) -> Batch {
        let isDue = flushAt.map { $0 <= now } ?? false
        guard !waiting.isEmpty || !callers.isEmpty || isDue || isClosing else { return Batch() }
        var batch = kept
        if waiting.count <= limits.commitScansMax {
            swap(&batch.waiting, &waiting)
        } else {
            batch.waiting = Array(waiting.prefix(limits.commitScansMax))
            waiting.removeFirst(limits.commitScansMax)
        }
        // Who waits, waits for the scans before it as well.
        if waiting.isEmpty { swap(&batch.callers, &callers) }
        isWriting = !batch.isEmpty
        return batch
    }

    /// What stays here until it is on the disk.
    private var kept: Batch {
        Batch(
            settlements: settlements, acknowledgements: acknowledgements, states: states,
            operations: operations.values.filter { !$0.hasScan }.map(\.answered), drafts: drafts)
    }

    /// The oldest of what the disk refused so far.
    func refused() -> Batch {
        // Whoever waits for these scans has had them.
        var batch = kept
        batch.waiting = unwritten.prefix(limits.commitScansMax).map { Waiting(scan: $0, committed: { _ in }) }
        return batch
    }

    mutating func written(_ batch: Batch, now: ContinuousClock.Instant) {
        isWriting = false
        for item in batch.waiting { pass(item.scan) }
        for (lane, state) in batch.states where states[lane]?.number == state.number { states[lane] = nil }
        for answered in batch.waiting.compactMap(\.operation) + batch.operations {
            operations[answered.operation.key] = nil
        }
        for number in batch.drafts.keys { drafts[number] = nil }
        for (place, settlement) in batch.settlements where settlements[place] == settlement {
            settlements[place] = nil
        }
        for (lane, sequence) in batch.acknowledgements where acknowledgements[lane] == sequence {
            acknowledgements[lane] = nil
        }
        let isMore =
            !settlements.isEmpty || !acknowledgements.isEmpty || !states.isEmpty || !kept.operations.isEmpty
            || !drafts.isEmpty
        flushAt = isMore ? now + limits.flushAfter : nil
    }

    /// What ``refused()`` gave is on the disk.
    mutating func recovered(_ batch: Batch, now: ContinuousClock.Instant) {
        let places = Set(batch.waiting.map(\.scan.place))
        unwritten.removeAll { places.contains($0.place) }
        written(batch, now: now)
    }

    /// The disk refused these scans; they stay in memory, and older ones go where there are too many.
    mutating func keep(_ scans: [JournaledScan]) {
        isWriting = false
        for scan in scans { pass(scan) }
        for key in operations.keys { operations[key]?.hasScan = false }
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
