import Customers
import Foundation
import Synchronization
import TestServers

@testable import Systems

/// A system of the tests' servers, and what a connector needs to talk to it.
struct SystemBench {
    let server: SystemServer
    let directory: TemporaryDirectory
    let clock = MovedClock()

    init(_ name: String, tls: Bool = false, snakeCase: Bool = false) async throws {
        server = try await SystemServer(name, tls: tls, snakeCase: snakeCase)
        directory = try TemporaryDirectory()
    }

    func tools() throws -> ConnectorTools {
        ConnectorTools(
            caller: HTTPCaller(), credentials: CredentialFiles(directory: nil), region: try StoreBench.region(),
            now: { [clock] in clock.now })
    }

    /// A file with a credential that only its owner may read.
    func credential(_ text: String, named name: String = "secret") throws -> String {
        try directory.write(Data((text + "\n").utf8), to: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: directory.file(name))
        return directory.file(name)
    }

    func client() throws -> SystemClient {
        SystemClient(name: "outside", caller: try tools().caller, now: { [clock] in clock.now }, seed: 1)
    }
}
