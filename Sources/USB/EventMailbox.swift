/// What waits for the event thread: posted work, jobs of actors, and timers. A value without threads; the thread keeps
/// it behind a lock.
struct EventMailbox: Sendable {
    enum Entry: Sendable {
        case job(UnownedJob)
        case work(@Sendable () -> Void)
    }

    struct Timer: Sendable {
        let id: UInt64
        let due: ContinuousClock.Instant
        let work: @Sendable () -> Void
    }

    /// What the poster has to do after posting.
    enum Posting: Equatable {
        /// The mailbox is full or closed: the work will not run.
        case refused
        /// The thread is awake and will come to it.
        case accepted
        /// The thread sleeps and must be woken.
        case wake
        /// The thread has ended and must be started once more.
        case restart
    }

    /// What the thread does next.
    enum Step: Equatable {
        /// The batch holds entries to run, or a timer is due.
        case run
        /// Nothing is ready: sleep that long, or until woken.
        case sleep(Duration)
        /// Nothing is left and nothing will come.
        case end
    }

    private enum Phase { case running, stopping, ended }

    private var phase = Phase.running
    private var asleep = false
    private var entries: [Entry] = []
    private var workCount = 0
    /// The latest first, so that the next one due is the last.
    private var timers: [Timer] = []
    private var nextTimerID: UInt64 = 1

    init() {}

    var timerCount: Int { timers.count }

    mutating func post(_ work: @escaping @Sendable () -> Void, bounded: Bool) -> Posting {
        guard phase == .running, !bounded || workCount < USBLimits.mailboxWorkMax else { return .refused }
        workCount += 1
        entries.append(.work(work))
        return wakeIfAsleep()
    }

    /// A job is never refused: a task waits for it, and the number of tasks is bounded by whoever starts them.
    mutating func post(_ job: UnownedJob) -> Posting {
        entries.append(.job(job))
        guard phase == .ended else { return wakeIfAsleep() }
        phase = .stopping
        return .restart
    }

    /// - Returns: the timer's number, `nil` when no more timers fit or the thread is stopping.
    mutating func schedule(
        due: ContinuousClock.Instant, _ work: @escaping @Sendable () -> Void
    ) -> (id: UInt64, posting: Posting)? {
        guard phase == .running, timers.count < USBLimits.timersMax else { return nil }
        let id = nextTimerID
        nextTimerID += 1
        // Among timers of one instant the earlier scheduled stays nearer the end, so it runs first.
        let index = firstIndex { $0.due <= due }
        timers.insert(Timer(id: id, due: due, work: work), at: index)
        return (id, index == timers.count - 1 ? wakeIfAsleep() : .accepted)
    }

    mutating func cancelTimer(_ id: UInt64) {
        timers.removeAll { $0.id == id }
    }

    /// No work is accepted any more; what is posted already will run, timers will not.
    mutating func stop() -> Posting {
        guard phase == .running else { return .accepted }
        phase = .stopping
        timers = []
        return wakeIfAsleep()
    }

    /// Moves what was posted into `batch`, which is empty. Timers that are due are taken one by one with ``takeTimer(now:)``
    /// when the batch has run, so that whatever runs before a timer can still cancel it.
    mutating func take(into batch: inout [Entry], now: ContinuousClock.Instant) -> Step {
        asleep = false
        swap(&batch, &entries)
        workCount = 0
        if let timer = timers.last, timer.due <= now { return .run }
        guard batch.isEmpty else { return .run }
        guard phase == .running else {
            phase = .ended
            return .end
        }
        asleep = true
        return .sleep(timers.last.map { min(now.duration(to: $0.due), USBLimits.idleWait) } ?? USBLimits.idleWait)
    }

    /// The work of the next timer that was due at `now`.
    mutating func takeTimer(now: ContinuousClock.Instant) -> (@Sendable () -> Void)? {
        guard let timer = timers.last, timer.due <= now else { return nil }
        timers.removeLast()
        return timer.work
    }

    private mutating func wakeIfAsleep() -> Posting {
        guard asleep else { return .accepted }
        asleep = false
        return .wake
    }

    /// The first timer for which `predicate` holds, in an array where it holds from some index on.
    private func firstIndex(where predicate: (Timer) -> Bool) -> Int {
        var low = 0
        var high = timers.count
        while low < high {
            let middle = (low + high) / 2
            if predicate(timers[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
