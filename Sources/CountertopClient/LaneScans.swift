public import Wire

/// The scans among a lane's events. See ``LaneWatch/scans(onGap:)``.
public struct LaneScans: AsyncSequence, Sendable {
    public typealias Element = Scan
    public typealias Failure = CountertopError

    private let watch: LaneWatch
    private let onGap: @Sendable (Gap) -> Void

    init(_ watch: LaneWatch, onGap: @escaping @Sendable (Gap) -> Void) {
        self.watch = watch
        self.onGap = onGap
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(events: watch.makeAsyncIterator(), onGap: onGap)
    }

    /// Takes a watch's scans.
    public struct Iterator: AsyncIteratorProtocol {
        private var events: LaneWatch.Iterator
        private let onGap: @Sendable (Gap) -> Void

        init(events: LaneWatch.Iterator, onGap: @escaping @Sendable (Gap) -> Void) {
            self.events = events
            self.onGap = onGap
        }

        public mutating func next() async throws(CountertopError) -> Scan? {
            try await next(isolation: nil)
        }

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(CountertopError) -> Scan? {
            while let event = try await events.next(isolation: actor) {
                switch event.event {
                case .scan(let scan): return scan
                case .gap(let gap): onGap(gap)
                case .lane, .followUp, nil: break
                }
            }
            return nil
        }
    }
}
