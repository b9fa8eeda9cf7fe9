import Dispatch
import Glibc
import Synchronization

/// The one thread on which everything of a bus happens: libusb's events, the completions of transfers, posted work,
/// timers, and the jobs of the actors that run on it.
///
/// It sleeps until one of these comes; it never polls. It lives until ``stop()``, which whoever made it must call.
public final class USBEventThread: Sendable {
    let context: LibUSBContext
    private let mailbox = Mutex(EventMailbox())
    /// `pthread_self` of the thread, 0 while there is none.
    private let owner = Atomic<UInt>(0)
    private let ended = DispatchGroup()

    /// Starts the thread.
    /// - Throws: ``USBError`` when libusb does not start.
    public init() throws {
        context = try LibUSBContext()
        guard spawn() else {
            throw USBError(.outOfMemory, "The system has no thread left for USB. Raise its limit of threads.")
        }
    }

    /// True on this thread.
    public var isCurrent: Bool {
        owner.load(ordering: .relaxed) == UInt(pthread_self())
    }

    /// Posts work, to run after what is posted already. Safe on every thread.
    /// - Returns: false when ``USBLimits/mailboxWorkMax`` pieces wait already or the thread is stopping: `work` will not
    ///   run.
    @discardableResult
    public func execute(_ work: @escaping @Sendable () -> Void) -> Bool {
        follow(mailbox.withLock { $0.post(work, bounded: true) })
    }

    /// Posts work past the mailbox's bound, for what is bounded by the number of devices and transfers.
    @discardableResult
    func executeUnbounded(_ work: @escaping @Sendable () -> Void) -> Bool {
        follow(mailbox.withLock { $0.post(work, bounded: false) })
    }

    /// Runs work once, not before `delay` has passed. Safe on every thread.
    /// - Returns: the timer; `nil` when ``USBLimits/timersMax`` timers wait already or the thread is stopping.
    @discardableResult
    public func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) -> USBTimer? {
        let due = ContinuousClock.now.advanced(by: delay)
        guard let (id, posting) = mailbox.withLock({ $0.schedule(due: due, work) }) else { return nil }
        _ = follow(posting)
        return USBTimer(thread: self, id: id)
    }

    /// The timers that wait.
    package var timerCount: Int { mailbox.withLock { $0.timerCount } }

    func cancelTimer(_ id: UInt64) {
        mailbox.withLock { $0.cancelTimer(id) }
    }

    /// Runs what is posted already, ends the thread, and returns when it has ended. Timers are dropped. Not to be called
    /// on the thread itself. Jobs of actors that come later still run, on a thread that lives as long as they last.
    public func stop() {
        precondition(!isCurrent, "The event thread cannot wait for its own end")
        _ = follow(mailbox.withLock { $0.stop() })
        ended.wait()
    }

    func post(_ job: UnownedJob) {
        _ = follow(mailbox.withLock { $0.post(job) })
    }

    private func follow(_ posting: EventMailbox.Posting) -> Bool {
        switch posting {
        case .refused: return false
        case .accepted: return true
        case .wake:
            // A post from a libusb callback needs no wake: the loop looks into the mailbox when the callbacks are done.
            if !isCurrent { context.interrupt() }
            return true
        case .restart:
            if !spawn() {
                // The jobs must run somewhere, and nothing else runs for this executor any more.
                ended.enter()
                run()
            }
            return true
        }
    }

    /// - Returns: false when the system has no thread left.
    private func spawn() -> Bool {
        ended.enter()
        var id = pthread_t()
        let box = Unmanaged.passRetained(self)
        guard pthread_create(&id, nil, eventThreadMain, box.toOpaque()) == 0 else {
            box.release()
            ended.leave()
            return false
        }
        pthread_detach(id)
        return true
    }

    fileprivate func run() {
        let me = UInt(pthread_self())
        owner.store(me, ordering: .relaxed)
        var batch: [EventMailbox.Entry] = []
        loop: while true {
            let now = ContinuousClock.now
            switch mailbox.withLock({ $0.take(into: &batch, now: now) }) {
            case .run:
                perform(&batch)
                while let work = mailbox.withLock({ $0.takeTimer(now: now) }) { work() }
                handleEvents(wait: .zero)
            case .sleep(let wait): handleEvents(wait: wait)
            case .end: break loop
            }
        }
        // A job that came just now may have started the thread once more: its owner stays.
        _ = owner.compareExchange(expected: me, desired: 0, ordering: .relaxed)
        ended.leave()
    }

    private func perform(_ batch: inout [EventMailbox.Entry]) {
        for entry in batch {
            switch entry {
            case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
            case .work(let work): work()
            }
        }
        batch.removeAll(keepingCapacity: true)
    }

    private func handleEvents(wait: Duration) {
        guard !context.handleEvents(wait: wait) else { return }
        let nanoseconds = USBLimits.eventFaultPause.components.attoseconds / 1_000_000_000
        var pause = timespec(tv_sec: 0, tv_nsec: Int(nanoseconds))
        nanosleep(&pause, nil)
    }
}

private func eventThreadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<USBEventThread>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
