import CountertopClient
import Testing
import Transport

@Suite("A till's watch of its lane", .timeLimit(.minutes(1)))
struct LaneWatchTests {
    private static func scan(_ sequence: UInt64) -> LaneEvent {
        LaneEvent(event: .scan(Scan(epoch: 7, sequence: sequence)))
    }

    private static func withWatch<Result>(
        resumeAfter: ScanPosition? = nil,
        _ body: (EdgeStandIn, CountertopConnection, StreamSink<LaneEvent>, LaneWatch) async throws -> Result
    ) async throws -> Result {
        try await EdgeStandIn.with { edge in
            try await CountertopClient.withConnection(to: edge.address, client: "test/1") { connection in
                try await connection.withLane("1", role: .takeOver, resumeAfter: resumeAfter) { watch in
                    let sink = await edge.watches.first { _ in true }
                    return try await body(edge, connection, sink, watch)
                }
            }
        }
    }

    @Test("asks for the lane, the role, and what follows the scan it resumes after")
    func request() async throws {
        try await Self.withWatch(resumeAfter: ScanPosition(epoch: 7, sequence: 41)) { edge, _, _, _ in
            let expected = WatchLaneRequest(lane: "1", role: .takeOver, epoch: 7, afterSequence: 41)
            #expect(edge.watched.events == [expected])
        }
    }

    @Test("gives the events in order, and ends when the edge ends it well")
    func events() async throws {
        try await Self.withWatch { _, _, sink, watch in
            let sent = [LaneEvent(event: .lane(Lane(name: "1"))), Self.scan(1), Self.scan(2)]
            try await sink.use { sink in
                for event in sent { sink.send(event) }
                sink.finish()
            }
            var taken: [LaneEvent] = []
            for try await event in watch { taken.append(event) }
            #expect(taken == sent)
        }
    }

    @Test("gives the scans alone, and tells of gaps")
    func scans() async throws {
        try await Self.withWatch { _, _, sink, watch in
            let gap = Gap(askedEpoch: 7, askedSequence: 1, epoch: 7, nextSequence: 4)
            try await sink.use { sink in
                sink.send(LaneEvent(event: .lane(Lane(name: "1"))))
                sink.send(LaneEvent(event: .gap(gap)))
                sink.send(Self.scan(4))
                sink.finish()
            }
            let gaps = Witness<Gap>()
            var positions: [ScanPosition] = []
            for try await scan in watch.scans(onGap: { gaps.note($0) }) { positions.append(scan.position) }
            #expect(positions == [ScanPosition(epoch: 7, sequence: 4)])
            #expect(gaps.events == [gap])
        }
    }

    @Test("throws the reason for which the edge ends it, and then only ends")
    func refusal() async throws {
        try await Self.withWatch { _, _, sink, watch in
            try await sink.use {
                $0.fail(Status(code: StatusCode.aborted.rawValue, reason: "LANE_TAKEN_OVER", message: "By another."))
            }
            var events = watch.makeAsyncIterator()
            let error = await #expect(throws: CountertopError.self) { try await events.next() }
            #expect(error == CountertopError(.aborted, reason: "LANE_TAKEN_OVER", message: "By another."))
            #expect(try await events.next() == nil)
        }
    }

    @Test("throws UNAVAILABLE when the connection is lost, after the events that came before")
    func connectionLost() async throws {
        try await Self.withWatch { edge, connection, sink, watch in
            try await sink.use { $0.send(Self.scan(1)) }
            var events = watch.makeAsyncIterator()
            #expect(try await events.next() == Self.scan(1))
            await edge.listener.close()
            let error = await #expect(throws: CountertopError.self) { try await events.next() }
            #expect(error?.code == .unavailable)
        }
    }

    @Test("tells the edge when its scope ends")
    func scopeEnds() async throws {
        try await EdgeStandIn.with { edge in
            try await CountertopClient.withConnection(to: edge.address, client: "test/1") { connection in
                try await connection.withLane("1") { _ in _ = await edge.watches.first { _ in true } }
                await edge.happenings.waitFor("stopped CALL_CANCELLED")
                #expect(try await connection.health.check().state == .serving)
            }
        }
    }

    @Test("tells the edge when the task that takes its events is cancelled")
    func taskCancelled() async throws {
        try await Self.withWatch { edge, _, _, watch in
            let task = Task {
                for try await _ in watch {}
            }
            task.cancel()
            let error = await #expect(throws: CountertopError.self) { try await task.value }
            #expect(error?.code == .cancelled)
            await edge.happenings.waitFor("stopped CALL_CANCELLED")
        }
    }

    @Test("gives credit as events are taken, so that a thousand come through in order and none waits unbounded")
    func credit() async throws {
        try await Self.withWatch { _, _, sink, watch in
            let count: UInt64 = 1_000
            try await sink.use { sink in
                // Sends only what there is credit for; so not a single message waits on the edge.
                let pump = Pump(count: count, sink: sink)
                sink.onCredit = { pump.run() }
                pump.run()
                #expect(sink.credit == 0)
            }
            var expected: UInt64 = 1
            for try await scan in watch.scans(onGap: { _ in }) {
                #expect(scan.sequence == expected)
                expected += 1
            }
            #expect(expected == count + 1)
        }
    }

    @Test("takes no more than the edge has credit for while nobody takes its events")
    func slowTill() async throws {
        try await Self.withWatch { _, connection, sink, watch in
            let credit = Int(connection.welcome.limits?.creditMessagesInitial ?? 0)
            try await sink.use { sink in
                for sequence in 1...UInt64(credit) { sink.send(Self.scan(sequence)) }
            }
            // The answer follows the events, so they are all there when it is.
            _ = try await connection.health.check()
            #expect(try await sink.use(\.credit) == 0)
            var events = watch.makeAsyncIterator()
            for sequence in 1...UInt64(credit) { #expect(try await events.next() == Self.scan(sequence)) }
            _ = try await connection.health.check()
            #expect(try await sink.use(\.credit) > credit / 2)
        }
    }
}

/// Sends scans as far as credit goes. It lives on the sink's event loop.
private final class Pump {
    private let count: UInt64
    private let sink: StreamSink<LaneEvent>
    private var sent: UInt64 = 0

    init(count: UInt64, sink: StreamSink<LaneEvent>) {
        self.count = count
        self.sink = sink
    }

    func run() {
        while sink.hasCredit, sent < count {
            sent += 1
            sink.send(LaneEvent(event: .scan(Scan(epoch: 7, sequence: sent))))
        }
        if sent == count, sink.isOpen { sink.finish() }
    }
}
