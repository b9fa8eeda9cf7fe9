import Dispatch
import Synchronization

/// The ``CommitQueue`` behind a lock, and the commit thread's sleep: it wakes for work and deadlines and never polls.
final class CommitMailbox: Sendable {
    private struct State: Sendable {
        var queue: CommitQueue
        var isAsleep = false
    }

    private let state: Mutex<State>
    private let bell = DispatchSemaphore(value: 0)

    init(_ queue: CommitQueue) {
        state = Mutex(State(queue: queue))
    }

    /// Looks at the queue or changes it without anything new for the commit thread.
    func withQueue<Value: Sendable>(_ body: (inout CommitQueue) -> Value) -> Value {
        state.withLock { body(&$0.queue) }
    }

    /// Changes the queue and wakes the commit thread when there is something new for it.
    func post<Value: Sendable>(_ body: (inout CommitQueue) -> (value: Value, isNew: Bool)) -> Value {
        let (value, mustRing) = state.withLock { state in
            let (value, isNew) = body(&state.queue)
            guard isNew, state.isAsleep else { return (value, false) }
            state.isAsleep = false
            return (value, true)
        }
        if mustRing { bell.signal() }
        return value
    }

    /// Sleeps until something is posted or the deadline has passed. For the commit thread alone.
    /// - Parameter isReady: asked under the lock first; there is no sleep when it says so.
    func sleep(until deadline: ContinuousClock.Instant, unless isReady: (CommitQueue) -> Bool) {
        let maySleep = state.withLock { state in
            guard !isReady(state.queue) else { return false }
            state.isAsleep = true
            return true
        }
        guard maySleep else { return }
        let wait = ContinuousClock.now.duration(to: deadline)
        let (seconds, attoseconds) = wait.components
        let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        guard bell.wait(timeout: .now() + .nanoseconds(Int(max(0, nanoseconds)))) == .timedOut else { return }
        let isRinging = state.withLock { state in
            defer { state.isAsleep = false }
            return !state.isAsleep
        }
        // Whoever cleared the mark rings or has rung, and that ring must not end the next sleep.
        if isRinging { bell.wait() }
    }
}
