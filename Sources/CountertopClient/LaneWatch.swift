import Transport
public import Wire

/// A lane's events, live: first its state, then what happens. One task at a time takes them.
///
/// No more than the edge has credit for waits here, and a till that stops taking stops the edge from sending: nothing is
/// dropped. After the sequence has thrown or ended, it only ends.
public struct LaneWatch: AsyncSequence, Sendable {
    public typealias Element = LaneEvent
    public typealias Failure = CountertopError

    private let stream: ReplyStream

    init(_ stream: ReplyStream) {
        self.stream = stream
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(stream: stream)
    }

    /// The scans among the events.
    /// - Parameter onGap: is told of scans that the edge can no longer give; the next scan is the one it names.
    public func scans(onGap: @escaping @Sendable (Gap) -> Void) -> LaneScans {
        LaneScans(self, onGap: onGap)
    }

    /// Takes a watch's events.
    public struct Iterator: AsyncIteratorProtocol {
        let stream: ReplyStream
        private var isDone = false

        init(stream: ReplyStream) {
            self.stream = stream
        }

        public mutating func next() async throws(CountertopError) -> LaneEvent? {
            try await next(isolation: nil)
        }

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(CountertopError) -> LaneEvent? {
            guard !isDone else { return nil }
            switch await stream.next() {
            case .success(let body?):
                do throws(WireError) {
                    return try LaneEvent(packed: body)
                } catch {
                    isDone = true
                    stream.cancel()
                    throw CountertopError(error)
                }
            case .success(nil):
                isDone = true
                return nil
            case .failure(let failure):
                isDone = true
                throw CountertopError(failure)
            }
        }
    }
}
