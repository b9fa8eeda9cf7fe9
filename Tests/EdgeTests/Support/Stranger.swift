import Credentials
import NIOCore
import NIOPosix
import Transport
import Wire

@testable import CountertopClient
@testable import Edge

/// A client that trusts the edge and shows no certificate.
enum Stranger {
    static func with<Result>(
        _ address: EdgeAddress, authority: [UInt8], _ body: (CountertopConnection) async throws -> Result
    ) async throws -> Result {
        let hello = Hello(versionMin: 1, versionMax: 1, client: "stranger/1")
        let channel = try await ClientChannel.connect(
            to: address, tls: ClientTLS(trust: .authority(authority)), hello: hello)
        let result = try await body(CountertopConnection(channel))
        await channel.leave()
        return result
    }
}

/// Guesses at a code's secret.
struct Guess {
    private let code: PairingCode

    init(_ text: String) throws {
        code = PairingCode(edge: try PairingCode(text: text).edge)
    }

    func reason(at rig: NetworkRig) async -> String {
        await refusal {
            _ = try await CountertopClient.pair(with: rig.address, code: code.text, client: "kassa/test")
        }
    }
}

/// A program that has a till's certificate, and plays the edge with it.
enum ImpostorEdge {
    /// Why a till does not believe it.
    static func reason(_ own: TillFolder.Contents, trusted: TillCredentials) async throws -> String {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let context = try TLSServerContext(
            chain: [own.certificate], keyPEM: own.keyPEM, asksForCertificate: true)
        let listener = try await EdgeListener.bind(
            .tls(host: "127.0.0.1", port: 0),
            security: .tls(ListenerTLS(context: { context }, identify: { _ in .success(.local) })),
            router: CallRouter(),
            greeting: ServerGreeting(edge: "impostor/1", store: "Storgata"), on: group)
        let address = listener.address
        let refused = await refusal {
            try await CountertopClient.withConnection(to: address, credentials: trusted, client: "kassa/test") { _ in }
        }
        await listener.close()
        try await group.shutdownGracefully()
        return refused
    }
}
