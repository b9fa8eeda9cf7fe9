import Synchronization

/// Keeps tasks waiting until a test opens it. A cancelled task goes through at once.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var cancelled: Set<UInt64> = []
        var last: UInt64 = 0
    }

    private let state = Mutex(State())

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [:] }
            return state.waiting
        }
        for caller in waiting.values { caller.resume() }
    }

    /// - Returns: false when the task was cancelled.
    func pass() async -> Bool {
        let id = state.withLock { state in
            state.last += 1
            return state.last
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { caller in
                let goes = state.withLock { state in
                    if state.isOpen || state.cancelled.contains(id) { return true }
                    state.waiting[id] = caller
                    return false
                }
                if goes { caller.resume() }
            }
        } onCancel: {
            let caller = state.withLock { state in
                state.cancelled.insert(id)
                return state.waiting.removeValue(forKey: id)
            }
            caller?.resume()
        }
        return !Task.isCancelled
    }
}
