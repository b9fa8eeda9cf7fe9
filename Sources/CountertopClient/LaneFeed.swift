import Synchronization
import Transport
public import Wire

/// A lane's events over as many connections as it takes. One task at a time takes them. See
/// ``EdgeLink/withLane(_:role:tillToken:resumeAfter:acknowledging:isolation:_:)``.
///
/// It throws what only a person can mend: LANE_TAKEN_OVER, LANE_HELD, a lane that is not there. After that it only ends.
public final class LaneFeed: AsyncSequence, Sendable {
    public typealias Failure = CountertopError

    /// Something that happened in the lane, or on the way to it.
    public enum Element: Sendable, Equatable {
        /// The lane as it stands: first after each connecting, and when it changes.
        case lane(Lane)
        /// The lane's next scan; none comes twice.
        case scan(Scan)
        /// Scans are missing before the next one.
        case gap(Gap)
        /// What a system outside said of an earlier scan.
        case followUp(FollowUp)
        /// The connection was lost, or could not be made, for this reason. It is being made again.
        case disconnected(CountertopError)
    }

    private struct State {
        var request: WatchLaneRequest
        var stream: ReplyStream?
        /// The scan that was taken last, and not acknowledged yet.
        var taken: ScanPosition?
        var isAway = false
        var isDone = false
    }

    private let link: EdgeLink
    private let acknowledging: Acknowledging
    private let acknowledger: Acknowledger
    private let state: Mutex<State>

    init(_ link: EdgeLink, _ request: WatchLaneRequest, _ acknowledging: Acknowledging) {
        self.link = link
        self.acknowledging = acknowledging
        acknowledger = Acknowledger(link.lanes, lane: request.lane)
        state = Mutex(State(request: request))
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(feed: self)
    }

    /// Takes a feed's events.
    public struct Iterator: AsyncIteratorProtocol {
        let feed: LaneFeed

        public mutating func next() async throws(CountertopError) -> Element? {
            try await feed.next()
        }

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(CountertopError) -> Element? {
            try await feed.next()
        }
    }

    /// The till has applied this scan and all before it. The edge is told soon; it need not be waited for.
    public func acknowledge(_ scan: ScanPosition) {
        acknowledger.note(scan)
    }

    /// Ends the watch, after the edge was told what was acknowledged.
    func end() async {
        await acknowledger.finish()
        state.withLock { state in
            state.isDone = true
            defer { state.stream = nil }
            return state.stream
        }?.cancel()
    }

    private func next() async throws(CountertopError) -> Element? {
        acknowledgeTaken()
        while true {
            if state.withLock(\.isDone) { return nil }
            guard let stream = state.withLock(\.stream) else {
                if let event = try await connect() { return event }
                continue
            }
            switch await stream.next() {
            case .success(let body?):
                if let event = try took(body) { return event }
            case .success(nil):
                return finish()
            case .failure(let failure):
                let error = CountertopError(failure)
                guard error.isConnectionLost || error.isWatchLost else { throw done(error) }
                let wasAway = state.withLock(\.isAway)
                let event = lost(error)
                if error.isWatchLost, wasAway { await link.connector.pause() }
                // Each loss is told once, however often watching fails meanwhile.
                if !wasAway { return event }
            }
        }
    }

    private func acknowledgeTaken() {
        guard case .whenNextIsTaken = acknowledging else { return }
        let taken = state.withLock { state in
            defer { state.taken = nil }
            return state.request.role == .observer ? nil : state.taken
        }
        if let taken { acknowledger.note(taken) }
    }

    /// - Returns: what is to be told of it, when no connection came about.
    private func connect() async throws(CountertopError) -> Element? {
        switch await link.connector.current(within: nil) {
        case .success(let channel):
            state.withLock { state in
                state.stream = channel.stream("countertop.v1.Lanes/Watch", body: state.request.packed())
            }
            return nil
        case .failure(let error):
            guard error.isConnectionLost else { throw done(error) }
            // Each loss is told once, however often connecting fails meanwhile.
            return state.withLock(\.isAway) ? nil : lost(error)
        }
    }

    private func lost(_ error: CountertopError) -> Element {
        state.withLock { state in
            state.stream = nil
            state.isAway = true
        }
        return .disconnected(error)
    }

    private func took(_ body: [UInt8]) throws(CountertopError) -> Element? {
        let event: LaneEvent
        do throws(WireError) {
            event = try LaneEvent(packed: body)
        } catch {
            throw done(CountertopError(error))
        }
        let wasAway = state.withLock { state in
            defer { state.isAway = false }
            // It was taken over once; whoever takes it over later is not to be fought.
            if state.request.role == .takeOver { state.request.role = .till }
            return state.isAway
        }
        if wasAway { Task { [link] in await link.connector.worked() } }
        switch event.event {
        case .lane(let lane): return .lane(lane)
        case .gap(let gap):
            state.withLock { state in
                state.request.epoch = gap.epoch
                state.request.afterSequence = gap.nextSequence == 0 ? 0 : gap.nextSequence - 1
            }
            return .gap(gap)
        case .scan(let scan):
            state.withLock { state in
                state.request.epoch = scan.epoch
                state.request.afterSequence = scan.sequence
                state.taken = scan.position
            }
            return .scan(scan)
        case .followUp(let followUp): return .followUp(followUp)
        case nil: return nil
        }
    }

    private func finish() -> Element? {
        state.withLock { state in
            state.isDone = true
            state.stream = nil
        }
        return nil
    }

    private func done(_ error: CountertopError) -> CountertopError {
        _ = finish()
        return error
    }
}
