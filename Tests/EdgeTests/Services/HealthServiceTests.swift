import CountertopClient
import Devices
import Foundation
import Testing

@testable import Edge

@Suite struct HealthServiceTests {
    @Test("An edge that can do its work says so, with its version and its customers")
    func serving() async throws {
        try await StoreRig.with { rig in
            let health = try await rig.withTill { try await $0.health.check() }
            #expect(health.state == .serving)
            #expect(health.findings.isEmpty)
            #expect(health.version == Edge.version)
            #expect(health.customers >= 1_000)
            #expect(health.replicaComplete)
        }
    }

    @Test("A replica that is no database is set aside, said, and begun anew")
    func brokenReplica() async throws {
        let directory = try TemporaryDirectory()
        try await StoreRig.with(directory: directory) { _ in }
        for name in ["replica.db-wal", "replica.db-shm"] {
            try? FileManager.default.removeItem(atPath: directory.file(name))
        }
        try Data("this is no database, and long enough to be looked at".utf8)
            .write(to: URL(fileURLWithPath: directory.file("replica.db")))
        try await StoreRig.with(directory: directory) { rig in
            let health = try await rig.withTill { try await $0.health.check() }
            #expect(health.state == .degraded)
            #expect(health.findings.map(\.reason) == ["REPLICA_SET_ASIDE"])
            let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
            #expect(names.contains { $0.hasPrefix("replica.db.broken-") })
        }
    }

    @Test("A journal that is no database is set aside and said, and scans go on")
    func brokenJournal() async throws {
        let directory = try TemporaryDirectory()
        try await StoreRig.with(directory: directory) { _ in }
        for name in ["journal.db-wal", "journal.db-shm"] {
            try? FileManager.default.removeItem(atPath: directory.file(name))
        }
        try Data("this is no database, and long enough to be looked at".utf8)
            .write(to: URL(fileURLWithPath: directory.file("journal.db")))
        try await StoreRig.with(directory: directory) { rig in
            let health = try await rig.withTill { try await $0.health.check(service: "lanes") }
            #expect(health.findings.map(\.reason) == ["JOURNAL_SET_ASIDE"])
            #expect(health.findings.first?.message.contains("journal.db.broken-") == true)
        }
    }

    @Test("A service has only its own findings, and one that there is not is refused")
    func scopes() async throws {
        try await StoreRig.with { configuration in
            configuration.sampleStore = false
        } _: { rig in
            try await rig.withTill { edge in
                let (all, customers) = (
                    try await edge.health.check(), try await edge.health.check(service: "customers")
                )
                #expect(customers.findings == all.findings)
                for service in ["lanes", "devices"] {
                    #expect(try await edge.health.check(service: service).state == .serving)
                }
                let error = await #expect(throws: CountertopError.self) {
                    try await edge.health.check(service: "tills")
                }
                #expect(error?.reason == "SERVICE_UNKNOWN")
            }
        }
    }

    @Test("What stops customers or lanes stops the edge, and what only hinders them does not")
    func states() {
        let unreadable = Finding(reason: "REPLICA_UNREADABLE")
        let unwritable = Finding(reason: "JOURNAL_UNWRITABLE")
        #expect(HealthScope.state(of: .customers, [unreadable]) == .notServing)
        #expect(HealthScope.state(of: .lanes, [unwritable]) == .degraded)
        #expect(HealthScope.state(of: .lanes, [unreadable]) == .degraded)
        #expect(HealthScope.state(of: nil, [unreadable, unwritable]) == .notServing)
        #expect(HealthScope.state(of: nil, [unwritable]) == .degraded)
        #expect(HealthScope.state(of: nil, [Finding(reason: "DEVICE_FAILED")]) == .degraded)
        #expect(HealthScope.state(of: nil, []) == .serving)
        #expect(HealthScope.state(of: nil, [Finding(reason: "KEY_RETIRABLE")]) == .serving)
        #expect(HealthScope.state(of: nil, [Finding(reason: "REPLICA_INCOMPLETE")]) == .degraded)
    }

    @Test("Whoever watches is told the state at once, and that the edge stops")
    func watch() async throws {
        try await StoreRig.with { rig in
            try await rig.withTill { till in
                var states: [ServingState] = []
                do {
                    try await till.packedStream("countertop.v1.Health/Watch", body: [], deadline: nil) { body in
                        states.append(try HealthAnswer(packed: body).state)
                        Task { [edge = rig.edge] in await edge.stop() }
                    }
                    Issue.record("The watch ended well.")
                } catch let error as CountertopError {
                    #expect(error.reason == "SHUTTING_DOWN")
                }
                #expect(states == [.serving])
            }
        }
    }

    @Test("The devices are listed with their lanes")
    func devices() async throws {
        try await StoreRig.with { rig in
            let devices = try await rig.withTill { try await $0.devices.list() }
            #expect(
                devices.map(\.path).sorted() == [
                    "virtual-display-1", "virtual-display-2", "virtual-scanner-1", "virtual-scanner-2",
                ])
            #expect(devices.allSatisfy { $0.state == .ready })
            #expect(devices.first { $0.path == "virtual-scanner-2" }?.lane == "2")
        }
    }
}
