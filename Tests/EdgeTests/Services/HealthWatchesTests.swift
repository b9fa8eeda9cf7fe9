import CountertopClient
import NIOCore
import NIOPosix
import Synchronization
import Testing
import Transport
import Wire

@testable import Edge

@Suite(.timeLimit(.minutes(1))) struct HealthWatchesTests {
    /// How things stand, and how often somebody looked.
    private final class Standing: Sendable {
        private let state = Mutex((findings: [Finding](), looks: 0, told: 0))

        var looks: Int { state.withLock(\.looks) }

        func set(_ findings: [Finding]) { state.withLock { $0.findings = findings } }

        /// One more was told how things stand.
        func countTold() -> Int {
            state.withLock { state in
                state.told += 1
                return state.told
            }
        }

        func look() -> HealthWatches.Look {
            let findings = state.withLock { state in
                state.looks += 1
                return state.findings
            }
            return { scope in
                HealthAnswer(state: scope == nil && !findings.isEmpty ? .degraded : .serving, findings: findings)
            }
        }
    }

    @Test("However many watch, one look a turn is made for all of them, and each is told what changed")
    func oneLook() async throws {
        let standing = Standing()
        let watches = HealthWatches(every: .milliseconds(200)) { standing.look() }
        var router = CallRouter()
        router.stream("countertop.v1.Health/Watch") {
            (_: HealthRequest, sink: StreamSink<HealthAnswer>) throws(Status) in watches.begin(nil, sink)
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let listener = try await EdgeListener.bind(
            .tcp(host: "127.0.0.1", port: 0), router: router,
            greeting: ServerGreeting(edge: "countertop/test", store: "Storgata"), on: group)
        try await CountertopClient.withConnection(to: listener.address, client: "test/1") { edge in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<60 {
                    tasks.addTask {
                        try await edge.health.withWatch { answers in
                            var answers = answers.makeAsyncIterator()
                            let first = try await answers.next()
                            #expect(first?.state == .serving)
                            if standing.countTold() == 60 { standing.set([Finding(reason: "DEVICE_FAILED")]) }
                            let second = try await answers.next()
                            #expect(second?.state == .degraded)
                        }
                    }
                }
                try await tasks.waitForAll()
            }
        }
        #expect(standing.looks < 60 + 50, "one for each who began, and one each fifth of a second")
        await listener.close()
        try await group.shutdownGracefully()
    }
}
