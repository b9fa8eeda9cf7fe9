import CountertopClient
import Devices
import Foundation
import Systems
import TestServers
import Testing

@testable import Edge

@Suite(.timeLimit(.minutes(2))) struct SystemServiceTests {
    private func settings(_ server: SystemServer, _ directory: TemporaryDirectory) throws -> SystemSettings {
        let secret = directory.file("secret")
        if !FileManager.default.fileExists(atPath: secret) {
            try Data("s3cret".utf8).write(to: URL(fileURLWithPath: secret))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret)
        }
        return SystemSettings(
            name: "cloud", kind: "solteq",
            values: [
                "url": .text(server.base), "identity_url": .text(server.base), "client_id": .text("nordmat"),
                "client_secret": .text(secret), "allow": .texts(["name", "first_name", "customer_card"]),
            ])
    }

    private struct State: Encodable {
        struct Customer: Encodable {
            struct Identifier: Encodable { var type = "CustomerCard", value: String }
            var id: String
            var firstName: String
            var identifiers: [Identifier]
        }
        var customers = [Customer(id: "1", firstName: "Kari", identifiers: [.init(value: "CARD1")])]
    }

    @Test("A system's customers are recognised, and it is listed with its state; its credentials are tried when asked")
    func lists() async throws {
        let directory = try TemporaryDirectory()
        let server = try await SystemServer("solteq")
        try await server.setState(State())
        let system = try settings(server, directory)
        try await StoreRig.with {
            $0.sampleStore = false
            $0.systems = [system, SystemSettings(name: "resting", kind: "solteq", isEnabled: false)]
        } _: { rig in
            try await rig.withTill { edge in
                try await edge.waitForHealth { $0.replicaComplete }
                let resolution = try await edge.customers.resolve(code: "CARD1")
                #expect(resolution.customer?.firstName == "Kari" && resolution.provenance?.source == "cloud")
                let systems = try await edge.systems.list()
                #expect(systems.map(\.name) == ["cloud", "resting"] && systems.map(\.state) == [.answering, .off])
                #expect(
                    systems[0].feeds == ["cloud"] && systems[0].answeredAtUnixMs > 0 && systems[0].throughAtUnixMs > 0)
                #expect(try await edge.systems.check("cloud").ok)
                try Data("wrong".utf8).write(to: URL(fileURLWithPath: directory.file("secret")))
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o600], ofItemAtPath: directory.file("secret"))
                try await server.misbehave("status:401")
                let check = try await edge.systems.check("cloud")
                #expect(!check.ok && check.message.contains("client_id or the secret"))
                #expect(check.system?.state == .failing)
                #expect(try await edge.systems.check("resting").message.contains("switched off"))
                let error = await #expect(throws: CountertopError.self) { try await edge.systems.check("nobody") }
                #expect(error?.reason == "SYSTEM_UNKNOWN")
            }
            #expect(!rig.log.text.contains("s3cret") && !rig.log.text.contains("token-"))
        }
    }

    @Test("A code that a scanner reads is its customer's while the system is away, with the age of what is known")
    func scansWithoutSystem() async throws {
        let (directory, clock) = (try TemporaryDirectory(), MovedClock())
        let server = try await SystemServer("solteq")
        try await server.setState(State())
        let system = try settings(server, directory)
        try await StoreRig.with(time: clock.time) {
            $0.sampleStore = false
            $0.systems = [system]
        } _: { rig in
            try await rig.withTill { edge in
                try await edge.waitForHealth { $0.replicaComplete }
                try await server.setDown(true)
                clock.pass(.seconds(3_600))
                try await edge.withLane("1") { lane in
                    var events = lane.makeAsyncIterator()
                    try await edge.lanes.openBasket(lane: "1", basket: "B1")
                    _ = try rig.scanner("1").scan(Array("CARD1".utf8), aim: "]Q1")
                    let scan = try await events.nextScan()
                    #expect(scan.attachment == .attached && scan.resolution?.customer?.firstName == "Kari")
                    #expect((scan.resolution?.provenance?.ageMs ?? 0) >= 3_600_000)
                }
            }
        }
    }
}
