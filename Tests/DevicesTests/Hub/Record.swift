import Synchronization

/// What happened so far, in order, and a way to wait for more.
final class Record<Element: Sendable>: Sendable {
    private struct State: Sendable {
        var elements: [Element] = []
        var waiting: [(condition: @Sendable ([Element]) -> Bool, caller: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var elements: [Element] { state.withLock { $0.elements } }

    func add(_ element: Element) {
        let callers = state.withLock { state in
            state.elements.append(element)
            let elements = state.elements
            let ready = state.waiting.filter { $0.condition(elements) }
            state.waiting.removeAll { $0.condition(elements) }
            return ready.map(\.caller)
        }
        for caller in callers { caller.resume() }
    }

    /// Forgets what happened so far.
    func forget() {
        state.withLock { $0.elements = [] }
    }

    /// Returns when the condition holds for what happened.
    func wait(until condition: @escaping @Sendable ([Element]) -> Bool) async {
        await withCheckedContinuation { caller in
            let holds = state.withLock { state in
                guard !condition(state.elements) else { return true }
                state.waiting.append((condition, caller))
                return false
            }
            if holds { caller.resume() }
        }
    }
}
