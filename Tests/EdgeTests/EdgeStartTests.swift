import CountertopClient
import Foundation
import Testing
import Wire

@testable import Edge

@Suite struct EdgeStartTests {
    @Test("A port in use is said with what to do, and nothing is left running")
    func portInUse() async throws {
        try await StoreRig.with { rig in
            guard case .tcp(_, let port) = rig.edge.addresses[0] else { return }
            let error = await #expect(throws: EdgeError.self) {
                try await StoreRig.with(besides: true) {
                    $0.listen.port = port
                } _: { _ in
                }
            }
            #expect(error?.code == .listenFailed)
            #expect(error?.message.contains("\(port)") == true)
        }
    }

    @Test("A till that watches when the edge stops is told so, and does not hold the stop up")
    func stopWhileWatched() async throws {
        // Without the end of the watch, stopping would wait for it as long as a goodbye lets streams go on.
        let clock = ContinuousClock()
        let watching = AsyncStream<Void>.makeStream()
        let directory = try TemporaryDirectory()
        var configuration = EdgeConfiguration.sample(statePath: directory.path)
        configuration.listen.port = 0
        configuration.ports = .virtual
        let edge = try await Edge.start(configuration, logger: LogRecord().logger)
        let address = edge.addresses[0]
        let till = Task {
            try await CountertopClient.withConnection(to: address, client: "kassa/test") { till in
                try await till.withLane("1") { lane in
                    for try await _ in lane { watching.continuation.yield() }
                }
            }
        }
        for await _ in watching.stream { break }
        let time = await clock.measure { await edge.stop() }
        let error = await #expect(throws: CountertopError.self) { try await till.value }
        #expect(error?.reason == "SHUTTING_DOWN")
        #expect(time < ConnectionLimits().drainWait)
    }

    @Test("A second edge on the same files is refused, and the first goes on answering")
    func inUse() async throws {
        let directory = try TemporaryDirectory()
        try await StoreRig.with(directory: directory) { rig in
            let error = await #expect(throws: EdgeError.self) {
                try await StoreRig.with(directory: directory, besides: true) {
                    $0.listen.unixPath = ""
                } _: { _ in
                }
            }
            #expect(error?.code == .stateUnusable)
            #expect(error?.message.contains("Is the edge running already?") == true)
            let health = try await rig.withTill { try await $0.health.check() }
            #expect(health.state == .serving)
        }
    }

    @Test("A state directory that cannot be made is said with what to do")
    func noDirectory() async throws {
        let error = await #expect(throws: EdgeError.self) {
            try await StoreRig.with {
                $0.statePath = "/proc/nowhere"
            } _: { _ in
            }
        }
        #expect(error?.code == .stateUnusable)
        #expect(error?.message.contains("/proc/nowhere") == true)
    }

    @Test("A lost key is said to be lost: no new one is made beside files sealed under it")
    func otherKey() async throws {
        let directory = try TemporaryDirectory()
        try await StoreRig.with(directory: directory) { _ in }
        try FileManager.default.removeItem(atPath: directory.file("key"))
        let error = await #expect(throws: EdgeError.self) {
            try await StoreRig.with(directory: directory) { _ in }
        }
        #expect(error?.code == .keyUnusable)
        #expect(error?.message.contains("is missing") == true)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        #expect(!names.contains("key"))
        #expect(!names.contains { $0.contains("broken") })
    }

    @Test("Made-up customers that are left in the local copy are said to be there")
    func sampleLeft() async throws {
        let directory = try TemporaryDirectory()
        try await StoreRig.with(directory: directory) { _ in }
        try await StoreRig.with(directory: directory) {
            $0.sampleStore = false
        } _: { rig in
            let health = try await rig.withTill { try await $0.health.check() }
            #expect(health.findings.map(\.reason) == ["SAMPLE_STORE_PRESENT"])
        }
    }

    @Test("An edge without a source of customers says so")
    func noSource() async throws {
        try await StoreRig.with {
            $0.sampleStore = false
        } _: { rig in
            let health = try await rig.withTill { try await $0.health.check() }
            #expect(health.state == .degraded)
            #expect(health.findings.contains { $0.reason == "SOURCE_MISSING" })
        }
    }
}
