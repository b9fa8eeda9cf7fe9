import NIOCore
import Transport
import Wire

/// A client that watches whether a service can do its work. It lives on its connection's event loop.
///
/// The state comes from many places, files and devices among them, so it is asked for in turns rather than told.
final class HealthWatch {
    private let sink: StreamSink<HealthAnswer>
    private let every: TimeAmount
    private let check: () -> HealthAnswer
    private var told: HealthAnswer?
    private var turn: Scheduled<Void>?

    private init(_ sink: StreamSink<HealthAnswer>, every: TimeAmount, _ check: @escaping () -> HealthAnswer) {
        self.sink = sink
        self.every = every
        self.check = check
    }

    /// Tells the state, and tells it again when it is another one, until the stream ends.
    /// - Parameter every: how long a change may wait.
    static func begin(_ sink: StreamSink<HealthAnswer>, every: TimeAmount, check: @escaping () -> HealthAnswer) {
        let watch = HealthWatch(sink, every: every, check)
        sink.onCancel = { _ in watch.turn?.cancel() }
        watch.look()
    }

    private func look() {
        guard sink.isOpen else { return }
        turn = sink.context.eventLoop.assumeIsolated().scheduleTask(in: every) { [self] in look() }
        let now = check()
        if let told, told.state == now.state, told.findings == now.findings { return }
        guard sink.hasCredit else { return }
        told = now
        sink.send(now)
    }
}
