import CountertopClient
import NIOCore
import NIOPosix
import Transport
import Wire

@testable import Edge

/// A till that writes its frames itself, and closes its socket right after its goodbye.
struct GoodbyePeer: Sendable {
    private let channel: any Channel

    /// Connects, says hello, and asks to watch a lane.
    static func watching(_ rig: StoreRig, lane: String, as name: String) async throws -> GoodbyePeer {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        let channel =
            switch rig.edge.addresses[0] {
            case .tcp(let host, let port), .tls(let host, let port):
                try await bootstrap.connect(host: host, port: port).get()
            case .unix(let path): try await bootstrap.connect(unixDomainSocketPath: path).get()
            }
        let peer = GoodbyePeer(channel: channel)
        try await peer.send(Frame(kind: .hello(Hello(versionMin: 1, versionMax: 1, client: name))))
        let request = WatchLaneRequest(lane: lane, tillToken: [1])
        try await peer.send(
            Frame(stream: 1, kind: .request(Request(call: "countertop.v1.Lanes/Watch", body: request.packed()))))
        return peer
    }

    func sayGoodbyeAndClose() async throws {
        try await send(Frame(kind: .goodbye(Goodbye(reason: "SHUTTING_DOWN"))))
        // The edge may have closed it by then.
        try? await channel.close().get()
    }

    private func send(_ frame: Frame) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: PackedFrame(frame).bytes)).get()
    }
}
