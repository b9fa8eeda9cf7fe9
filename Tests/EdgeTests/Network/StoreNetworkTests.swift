import CountertopClient
import Foundation
import SwiftASN1
import Synchronization
import Testing
import X509

@testable import Edge

@Suite struct StoreNetworkTests {
    /// Names and addresses of a machine that a test moves about.
    private final class Machine: Sendable {
        private let names: Mutex<[String]>

        init(_ names: [String]) {
            self.names = Mutex(names)
        }

        var all: [String] { names.withLock { $0 } }

        func move(to names: [String]) {
            self.names.withLock { $0 = names }
        }
    }

    private let directory: TemporaryDirectory
    private let log = LogRecord()

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func withNetwork(_ machine: Machine, _ body: (StoreNetwork) throws -> Void) throws {
        var configuration = EdgeConfiguration.sample(statePath: directory.path)
        configuration.network = EdgeConfiguration.Network(
            host: "127.0.0.1", port: 0, names: ["edge.storgata.example"], webSocketPort: 0, origins: [])
        let health = EdgeHealth(logger: log.logger)
        let opened = try StoreNetwork.open(
            configuration, health: health, logger: log.logger, machineNames: { machine.all })
        let network = try #require(opened)
        defer { network.close() }
        try body(network)
    }

    private func names(_ network: StoreNetwork) throws -> Set<String> {
        let certificate = try Certificate(derEncoded: network.certificate)
        return Set(try certificate.extensions.subjectAlternativeNames?.map { "\($0)" } ?? [])
    }

    @Test("The certificate holds the names and addresses of machine and configuration, and changes with them")
    func moves() throws {
        let machine = Machine(["10.0.0.7", "kassa.local"])
        try withNetwork(machine) { network in
            let first = network.certificate
            let before = try names(network)
            #expect(before.count == 3)
            #expect(before.contains { $0.contains("edge.storgata.example") })
            network.renewCertificate(now: Date())
            #expect(network.certificate == first, "Nothing changed")
            machine.move(to: ["10.0.0.8", "kassa.local"])
            network.renewCertificate(now: Date())
            #expect(network.certificate != first)
            let after = try names(network)
            #expect(before.intersection(after).count == 2)
            #expect(after.count == 3)
            #expect(log.text.contains("The edge has a new certificate"))
        }
    }

    @Test(
        "An address that the machine does not have yet is listened at and waited for, and said to be missing meanwhile")
    func waits() async throws {
        // A number that nobody has (RFC 5737).
        try await StoreRig.with {
            $0.network = EdgeConfiguration.Network(host: "192.0.2.7", port: 0, names: [], webSocketPort: 0, origins: [])
        } _: { rig in
            #expect(rig.edge.addresses.contains { if case .tls("192.0.2.7", _) = $0 { true } else { false } })
            let health = try await rig.withTill { try await $0.health.check() }
            #expect(health.findings.map(\.reason) == ["NETWORK_ADDRESS_MISSING"])
            #expect(health.state == .degraded)
            let ready = try #require(rig.log.text.split(separator: "\n").first { $0.contains("Ready.") })
            #expect(ready.firstMatch(of: /"waiting-for": [^,\]]*192\.0\.2\.7/) != nil, "\(ready)")
            #expect(ready.firstMatch(of: /"listening": [^,\]]*192\.0\.2\.7/) == nil, "\(ready)")
        }
    }

    @Test("Once the machine has the address, it is missing no longer")
    func comes() throws {
        let has = Mutex(false)
        var configuration = EdgeConfiguration.sample(statePath: directory.path)
        configuration.network = EdgeConfiguration.Network(
            host: "192.0.2.7", port: 0, names: [], webSocketPort: 0, origins: [])
        let health = EdgeHealth(logger: log.logger)
        let opened = try StoreNetwork.open(
            configuration, health: health, logger: log.logger, machineNames: { ["kassa.local"] },
            hasAddress: { _ in has.withLock { $0 } })
        let network = try #require(opened)
        defer { network.close() }
        network.checkAddress()
        #expect(health.findings.map(\.reason) == ["NETWORK_ADDRESS_MISSING"])
        has.withLock { $0 = true }
        network.checkAddress()
        #expect(health.findings.isEmpty)
    }

    @Test("A certificate whose time is running out is made anew under the same names")
    func ages() throws {
        try withNetwork(Machine(["kassa.local"])) { network in
            let (first, before) = (network.certificate, try names(network))
            network.renewCertificate(now: Date() + 250 * 86_400)
            #expect(network.certificate != first)
            #expect(try names(network) == before)
        }
    }
}
