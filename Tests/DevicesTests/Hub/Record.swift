import Synchronization

/// What happened so far, in order, and a way to wait for more.
final class Record<Element: Sendable>: Sendable {
    private struct State: Sendable {
        var elements: [Element] = []
        var waiting: [Waiting] = []
    }

    private struct Waiting: Sendable {
        let number: Int
        let condition: @Sendable ([Element]) -> Bool
        let caller: CheckedContinuation<Void, Never>
    }

    private let state = Mutex(State())
    private let numbers = Atomic(0)

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

    /// Returns when the condition holds for what happened, or when the test has taken longer than it may.
    func wait(until condition: @escaping @Sendable ([Element]) -> Bool) async {
        let number = numbers.add(1, ordering: .relaxed).newValue
        await withTaskCancellationHandler {
            await withCheckedContinuation { caller in
                let holds = state.withLock { state in
                    guard !condition(state.elements), !Task.isCancelled else { return true }
                    state.waiting.append(Waiting(number: number, condition: condition, caller: caller))
                    return false
                }
                if holds { caller.resume() }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                let place = state.waiting.firstIndex { $0.number == number }
                return place.map { state.waiting.remove(at: $0) }
            }
            waiting?.caller.resume()
        }
    }
}
