import Cards
import NIOCore
import Synchronization
import Transport
import Wire

/// Who wants to know how far a card has come. Each is told on the event loop of its own connection.
final class CardWatches: Sendable {
    /// Watches of all cards together.
    static let watchesMax = 256

    private struct Watch: Sendable {
        let card: String
        let sink: StreamSink<CardAnswer>
    }

    private let state = Mutex((next: UInt64(0), watches: [UInt64: Watch]()))

    /// Begins a watch, on the connection's event loop.
    /// - Returns: the watch's number; `nil` when there are as many as may be.
    func begin(_ card: String, _ sink: StreamSink<CardAnswer>) -> UInt64? {
        let number: UInt64? = state.withLock { state in
            guard state.watches.count < Self.watchesMax else { return nil }
            state.next += 1
            state.watches[state.next] = Watch(card: card, sink: sink)
            return state.next
        }
        if let number { sink.onCancel = { [self] _ in end(number) } }
        return number
    }

    /// The card came further, or is looked at for the first time.
    func changed(_ card: Cards.Card) {
        let concerned = state.withLock { state in state.watches.filter { $0.value.card == card.id } }
        for (number, watch) in concerned { tell(card, watch.sink, number) }
    }

    /// How the card stands when the watch begins.
    func tell(_ card: Cards.Card, watch number: UInt64) {
        guard let watch = state.withLock({ $0.watches[number] }) else { return }
        tell(card, watch.sink, number)
    }

    func end(_ number: UInt64) {
        state.withLock { $0.watches[number] = nil }
    }

    private func tell(_ card: Cards.Card, _ sink: StreamSink<CardAnswer>, _ number: UInt64) {
        sink.context.eventLoop.execute { [self] in
            guard sink.isOpen else { return end(number) }
            sink.send(CardAnswer(card: Wire.Card(card)))
            guard card.dispatch.state.isFinal || card.state != .active else { return }
            end(number)
            sink.finish()
        }
    }
}
