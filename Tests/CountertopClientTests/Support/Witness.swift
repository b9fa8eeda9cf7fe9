import Synchronization

/// Takes note of what happens on other threads, and lets a test wait for it.
final class Witness<Event: Sendable>: Sendable {
    private struct Waiter {
        let matches: @Sendable (Event, _ count: Int) -> Bool
        let caller: CheckedContinuation<Event, Never>
    }

    private struct State {
        var events: [Event] = []
        var waiters: [Waiter] = []
    }

    private let state = Mutex(State())

    var events: [Event] { state.withLock(\.events) }

    func note(_ event: Event) {
        let woken = state.withLock { state -> [Waiter] in
            state.events.append(event)
            let count = state.events.count
            let woken = state.waiters.filter { $0.matches(event, count) }
            state.waiters.removeAll { $0.matches(event, count) }
            return woken
        }
        for waiter in woken { waiter.caller.resume(returning: event) }
    }

    /// The first event of this kind, which may have happened already.
    @discardableResult
    func first(where matches: @escaping @Sendable (Event) -> Bool) async -> Event {
        await wait { event, _ in matches(event) }
    }

    /// Waits until so many events have happened.
    func waitForCount(_ count: Int) async {
        _ = await wait { $1 >= count }
    }

    private func wait(_ matches: @escaping @Sendable (Event, Int) -> Bool) async -> Event {
        await withCheckedContinuation { caller in
            let past = state.withLock { state -> Event? in
                let past = state.events.enumerated().first { matches($1, $0 + 1) }
                if past == nil { state.waiters.append(Waiter(matches: matches, caller: caller)) }
                return past?.element
            }
            if let past { caller.resume(returning: past) }
        }
    }
}

extension Witness where Event: Equatable {
    func waitFor(_ event: Event) async {
        await first { $0 == event }
    }
}
