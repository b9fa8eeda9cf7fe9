import CountertopClient
import NIOCore
import NIOPosix
import Testing

@testable import Edge

@Suite struct EdgeAwayTests {
    @Test("An edge that goes in the middle of the handshake was lost, and is not taken for a stranger")
    func closesInHandshake() async throws {
        try await NetworkRig.with { rig in
            let (_, credentials) = try await rig.pair()
            let door = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { $0.close() }
                .bind(host: "127.0.0.1", port: 0).get()
            let port = try #require(door.localAddress?.port)
            let reason = await refusal {
                try await CountertopClient.withConnection(
                    to: .tls(host: "127.0.0.1", port: port), credentials: credentials, client: "kassa/test"
                ) { _ in }
            }
            #expect(reason == "CONNECTION_LOST")
            try await door.close()
        }
    }
}
