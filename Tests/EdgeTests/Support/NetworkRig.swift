import CountertopClient
import Foundation
import Wire

@testable import Edge

/// A store's edge on the network, and tills that were paired with it.
struct NetworkRig: Sendable {
    let store: StoreRig

    /// Runs an edge with TLS on loopback for as long as `body` does.
    static func with<Result>(
        directory: TemporaryDirectory? = nil, besides: Bool = false, origins: [String] = [],
        _ body: (NetworkRig) async throws -> Result
    ) async throws -> Result {
        try await StoreRig.with(directory: directory, besides: besides) { configuration in
            configuration.network = EdgeConfiguration.Network(
                host: "127.0.0.1", port: 0, names: ["edge.storgata.example"], webSocketPort: 0, origins: origins)
        } _: { store in
            try await body(NetworkRig(store: store))
        }
    }

    /// Where tills connect.
    var address: EdgeAddress {
        store.edge.addresses.first { if case .tls = $0 { true } else { false } } ?? store.edge.addresses[0]
    }

    /// Has the edge make a code, and does something with it.
    func withCode<Result>(
        lane: String = "1", role: Wire.TillRole = .till,
        _ body: (CountertopConnection, String, TillInvitation) async throws -> Result
    ) async throws -> Result {
        try await store.withTill { administrator in
            try await administrator.tills.withInvitation(lane: lane, role: role) { invitation in
                guard case .offer(let offer)? = try await invitation.next()?.event else {
                    throw RigError(description: "The edge offered no code.")
                }
                return try await body(administrator, offer.code, invitation)
            }
        }
    }

    /// Pairs a till.
    func pair(lane: String = "1", role: Wire.TillRole = .till) async throws -> (
        till: Wire.Till, credentials: TillCredentials
    ) {
        try await withCode(lane: lane, role: role) { _, code, _ in
            try await CountertopClient.pair(with: address, code: code, client: "kassa/test")
        }
    }

    /// Connects a paired till.
    func withPaired<Result>(
        _ credentials: TillCredentials, _ body: (CountertopConnection) async throws -> Result
    ) async throws -> Result {
        try await CountertopClient.withConnection(
            to: address, credentials: credentials, client: "kassa/test", body)
    }
}

/// The reason for which something failed; empty when it went well.
func refusal(of body: () async throws -> Void) async -> String {
    do {
        try await body()
        return ""
    } catch let error as CountertopError {
        return error.reason
    } catch {
        return "\(error)"
    }
}
