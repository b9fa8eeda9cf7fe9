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
