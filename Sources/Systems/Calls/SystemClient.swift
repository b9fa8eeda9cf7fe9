import Foundation
import Synchronization

/// Makes the calls to one system: with deadlines, further tries where they are safe, and a circuit that opens when it is down.
/// What it learns is how the system stands.
package final class SystemClient: Sendable {
    private struct State {
        var circuit: CircuitBreaker
        var status = SystemStatus()
        var jitter: FeedJitter
    }

    /// The system's name in the configuration.
    package let name: String
    private let caller: HTTPCaller
    private let now: @Sendable () -> FeedTime
    private let state: Mutex<State>

    /// - Parameter seed: of the pauses' chance.
    package init(
        name: String, caller: HTTPCaller, now: @escaping @Sendable () -> FeedTime,
        seed: UInt64 = .random(in: 0 ... .max)
    ) {
        self.name = name
        self.caller = caller
        self.now = now
        state = Mutex(State(circuit: CircuitBreaker(seed: seed), jitter: FeedJitter(seed: ~seed)))
    }

    package convenience init(_ settings: SystemSettings, _ tools: ConnectorTools) {
        self.init(name: settings.name, caller: tools.caller, now: tools.now)
    }

    package var status: SystemStatus {
        let time = now()
        return state.withLock { state in
            var status = state.status
            status.failures = state.circuit.failures
            if case .open(let until) = state.circuit.state, until > time.uptime {
                status.leftAloneUntil = time.wall.addingTimeInterval((until - time.uptime) / .seconds(1))
            }
            return status
        }
    }

    /// Notes what a call found out after its answer had come, such as a refusal within it.
    package func note(_ error: SystemsError) {
        let time = now().wall
        state.withLock { state in
            state.status.failure = error.message
            state.status.failedAt = time
        }
    }

    /// - Throws: ``SystemsError``: `unavailable` and `throttled` when nothing was done, `outcomeUnknown` when a call that is not
    ///   safe may have been carried out, `refused` and `broken`.
    package func send(_ call: SystemCall) async throws(SystemsError) -> SystemReply {
        let end = now().uptime + call.deadline
        var tries = 0
        while true {
            do throws(SystemsError) {
                return try await sendOnce(call, time: end - now().uptime)
            } catch {
                guard call.isSafe, tries < call.retriesMax, let pause = pause(after: error, tries: tries),
                    now().uptime + pause < end, (try? await Task.sleep(for: pause)) != nil
                else { throw error }
                tries += 1
            }
        }
    }

    private func pause(after error: SystemsError, tries: Int) -> Duration? {
        guard error.code == .unavailable || error.code == .throttled else { return nil }
        let pause = min(
            SystemCallLimits.retryPauseMin * (1 << min(tries, 20)), SystemCallLimits.retryPauseMax)
        let part = state.withLock { $0.jitter.part(of: pause / 2) }
        return max(error.retryAfter ?? .zero, pause / 2 + part)
    }

    private func sendOnce(_ call: SystemCall, time: Duration) async throws(SystemsError) -> SystemReply {
        if let wait = state.withLock({ $0.circuit.admit(now: now().uptime) }) {
            let last = state.withLock { $0.status.failure }
            throw SystemsError(
                .unavailable, "\(name) is left alone for a while, because it failed before. \(last)", retryAfter: wait)
        }
        do throws(SystemsError) {
            let reply = try await caller.send(call, system: name, time: time)
            guard (200..<300).contains(reply.status) || call.expected.contains(reply.status) else {
                throw SystemRefusal(reply, isSafe: call.isSafe).error(now: now().wall)
            }
            answered()
            return reply
        } catch {
            failed(error)
            throw error
        }
    }

    private func answered() {
        let time = now().wall
        state.withLock { state in
            state.circuit.answered()
            state.status.answeredAt = time
            state.status.failure = ""
        }
    }

    private func failed(_ error: SystemsError) {
        let time = now()
        state.withLock { state in
            if Task.isCancelled {
                state.circuit.abandoned(now: time.uptime)
                return
            }
            if error.isAnswer {
                state.circuit.answered()
                state.status.answeredAt = time.wall
            } else {
                state.circuit.failed(error, now: time.uptime)
            }
            state.status.failure = error.message
            state.status.failedAt = time.wall
        }
    }
}
