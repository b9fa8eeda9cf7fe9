import Synchronization

/// Waits for a time that anybody can cut short. One waits at a time.
package final class FeedAlarm: Sendable {
    private struct State {
        var isRung = false
        /// Counts the waits, so that an old one's timer wakes nobody.
        var wait = 0
        var waiting: CheckedContinuation<Void, Never>?
        /// The last wait whose time has passed, which it may have before it began to wait.
        var passed = 0
    }

    private let state = Mutex(State())

    private let time: StoreTime

    /// - Parameter time: by which it waits.
    package init(time: StoreTime = .real) { self.time = time }

    /// Ends the wait under way, or the next one.
    package func ring() { wake(rings: true) { _ in true } }

    /// Waits until the time has passed, ``ring()`` was called, or the task is cancelled.
    /// - Returns: whether somebody rang.
    package func wait(for duration: Duration) async -> Bool {
        let number = state.withLock { state in
            state.wait += 1
            return state.wait
        }
        time.after(duration) { [weak self] in self?.wake(passing: number) { $0.wait == number } }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isRung || Task.isCancelled || state.passed == number { return true }
                    state.waiting = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            wake { _ in true }
        }
        return state.withLock { state in
            defer { state.isRung = false }
            return state.isRung
        }
    }

    private func wake(rings: Bool = false, passing number: Int = 0, _ applies: @Sendable (borrowing State) -> Bool) {
        let waiting = state.withLock { state in
            if rings { state.isRung = true }
            state.passed = max(state.passed, number)
            guard applies(state) else { return nil as CheckedContinuation<Void, Never>? }
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }
}
