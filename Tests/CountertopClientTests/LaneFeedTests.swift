import CountertopClient
import Testing
import Transport
import Wire

@Suite("A link's watch of its lane", .timeLimit(.minutes(1)))
struct LaneFeedTests {
    private let directory: TemporaryDirectory
    private let rig: LinkRig

    init() throws {
        directory = try TemporaryDirectory()
        rig = LinkRig(in: directory)
    }

    private static func scan(_ sequence: UInt64) -> Scan { Scan(epoch: 7, sequence: sequence) }

    private static func send(_ events: [LaneEvent.Event], by edge: EdgeStandIn) async throws {
        let sink = await edge.watches.first { _ in true }
        try await sink.use { sink in
            for event in events { sink.send(LaneEvent(event: event)) }
        }
    }

    private func withFeed(
        _ role: WatchRole = .till, acknowledging: Acknowledging = .whenNextIsTaken,
        _ body: (LaneFeed.Iterator) async throws -> Void
    ) async throws {
        try await rig.withLink { link in
            let after = ScanPosition(epoch: 7, sequence: 41)
            try await link.withLane(
                "1", role: role, tillToken: [1, 2], resumeAfter: after, acknowledging: acknowledging
            ) { feed in
                try await body(feed.makeAsyncIterator())
            }
        }
    }

    @Test("resumes on each connection after the last scan it gave, tells each loss once, and each gap")
    func resumes() async throws {
        try await withFeed { feed in
            var feed = feed
            try await rig.withEdge { edge in
                let state = try await Self.first(&feed, edge, [.lane(Lane(name: "1")), .scan(Self.scan(42))])
                #expect(state == .lane(Lane(name: "1")))
                let scan = try await feed.next()
                #expect(scan == .scan(Self.scan(42)))
            }
            try await expectLoss(&feed)
            let gap = Gap(askedEpoch: 7, askedSequence: 42, epoch: 7, nextSequence: 45)
            try await rig.withEdge { edge in
                let told = try await Self.first(&feed, edge, [.gap(gap)])
                #expect(told == .gap(gap))
                #expect(edge.watched.events.map(\.afterSequence) == [42])
            }
            try await expectLoss(&feed)
            try await rig.withEdge { edge in
                let scan = try await Self.first(&feed, edge, [.scan(Self.scan(45))])
                #expect(scan == .scan(Self.scan(45)))
                let expected = WatchLaneRequest(
                    lane: "1", role: .till, epoch: 7, afterSequence: 44, tillToken: [1, 2])
                #expect(edge.watched.events == [expected])
            }
        }
    }

    /// Takes a feed's next event, while the edge sends these to its watch.
    private static func first(
        _ feed: inout LaneFeed.Iterator, _ edge: EdgeStandIn, _ events: [LaneEvent.Event]
    ) async throws -> LaneFeed.Element? {
        async let sent: Void = send(events, by: edge)
        let first = try await feed.next()
        try await sent
        return first
    }

    private func expectLoss(_ feed: inout LaneFeed.Iterator) async throws {
        guard case .disconnected(let error)? = try await feed.next() else {
            Issue.record("The loss was not told.")
            return
        }
        #expect(error.code == .unavailable)
    }

    @Test("acknowledges a scan when the next is asked for, and not before")
    func acknowledges() async throws {
        try await withFeed { feed in
            var feed = feed
            try await rig.withEdge { edge in
                _ = try await Self.first(&feed, edge, [.scan(Self.scan(42)), .scan(Self.scan(43))])
                #expect(!edge.calls.events.contains("countertop.v1.Lanes/Acknowledge"))
                _ = try await feed.next()
                await edge.calls.waitFor("countertop.v1.Lanes/Acknowledge")
            }
        }
    }

    @Test("takes a lane over once: whoever takes it over later is not fought")
    func takeOver() async throws {
        try await withFeed(.takeOver) { feed in
            var feed = feed
            for role in [WatchRole.takeOver, .till] {
                try await rig.withEdge { edge in
                    _ = try await Self.first(&feed, edge, [.lane(Lane(name: "1"))])
                    #expect(edge.watched.events.map(\.role) == [role])
                }
                try await expectLoss(&feed)
            }
        }
    }

    @Test("throws what only a person can mend, and then only ends")
    func refused() async throws {
        try await withFeed { feed in
            var feed = feed
            try await rig.withEdge { edge in
                _ = try await Self.first(&feed, edge, [.lane(Lane(name: "1"))])
                let sink = await edge.watches.first { _ in true }
                let status = Status(
                    code: StatusCode.aborted.rawValue, reason: "LANE_TAKEN_OVER", message: "Another till took it over.")
                try await sink.use { $0.fail(status) }
                var reason = ""
                do throws(CountertopError) {
                    _ = try await feed.next()
                } catch {
                    reason = error.reason
                }
                #expect(reason == "LANE_TAKEN_OVER")
                let after = try await feed.next()
                #expect(after == nil)
                #expect(edge.watches.events.count == 1)
            }
        }
    }
}
