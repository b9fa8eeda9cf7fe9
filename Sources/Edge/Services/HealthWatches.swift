import NIOCore
import Synchronization
import Transport
import Wire

/// The clients that watch whether services can do their work.
///
/// The state comes from many places, files and devices among them, so it is looked at in turns rather than told: once for all
/// who watch, however many they are, and not at all while nobody does.
final class HealthWatches: Sendable {
    /// How things stand, for each service and, with `nil`, for all of them.
    typealias Look = @Sendable (HealthScope?) -> HealthAnswer

    private struct Watch: Sendable {
        let scope: HealthScope?
        let sink: StreamSink<HealthAnswer>
        var told: HealthAnswer
    }

    private let state = Mutex((next: UInt64(0), watches: [UInt64: Watch](), isLooking: false))
    private let every: TimeAmount
    private let look: @Sendable () -> Look

    /// - Parameters:
    ///   - every: how long a change may wait.
    ///   - look: looks at how things stand.
    init(every: TimeAmount, look: @escaping @Sendable () -> Look) {
        self.every = every
        self.look = look
    }

    /// Tells a client the state, on its connection's event loop, and tells it again when it is another one, until the stream
    /// ends.
    func begin(_ scope: HealthScope?, _ sink: StreamSink<HealthAnswer>) {
        let now = look()(scope)
        let (number, isFirst) = state.withLock { state in
            state.next += 1
            state.watches[state.next] = Watch(scope: scope, sink: sink, told: now)
            defer { state.isLooking = true }
            return (state.next, !state.isLooking)
        }
        sink.onCancel = { [self] _ in state.withLock { $0.watches[number] = nil } }
        sink.send(now)
        if isFirst { lookLater(on: sink.context.eventLoop) }
    }

    private func lookLater(on eventLoop: any EventLoop) {
        eventLoop.scheduleTask(in: every) { [self] in
            let goesOn = state.withLock { state in
                state.isLooking = !state.watches.isEmpty
                return state.isLooking
            }
            guard goesOn else { return }
            tellChanges(look())
            lookLater(on: eventLoop)
        }
    }

    private func tellChanges(_ look: Look) {
        var answers: [HealthScope?: HealthAnswer] = [:]
        let watches = state.withLock(\.watches)
        for scope in Set(watches.values.map(\.scope)) { answers[scope] = look(scope) }
        for (number, watch) in watches {
            guard let now = answers[watch.scope], now.state != watch.told.state || now.findings != watch.told.findings
            else { continue }
            watch.sink.context.eventLoop.execute { [self] in
                // Who gives no credit is told later.
                guard watch.sink.isOpen, watch.sink.hasCredit else { return }
                state.withLock { $0.watches[number]?.told = now }
                watch.sink.send(now)
            }
        }
    }
}
