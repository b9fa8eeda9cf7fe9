import Foundation
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Wire

/// The small HTTP server on loopback: `/metrics` for Prometheus and `/healthz` for whoever asks whether the edge lives.
final class OperationsHTTP: Sendable {
    /// How many connections it has at once.
    static let connectionsMax = 16
    /// How long a connection may be silent.
    static let idleTime: TimeAmount = .seconds(10)

    /// Where it listens; 0 was replaced by the port that the system chose.
    let port: Int
    private let channel: any Channel

    private init(_ channel: any Channel) {
        self.channel = channel
        port = channel.localAddress?.port ?? 0
    }

    /// What it answers with, asked for on the store's event loop.
    struct Pages: Sendable {
        let metrics: @Sendable () -> String
        /// Whether the edge can do its work, and the line that says so.
        let health: @Sendable () -> (isServing: Bool, line: String)
    }

    /// - Throws: what keeps it from listening.
    static func start(host: String, port: Int, on group: any EventLoopGroup, _ pages: Pages) async throws
        -> OperationsHTTP
    {
        let open = ConnectionCount(max: connectionsMax)
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: CInt(connectionsMax))
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard open.enter() else { throw ChannelError.connectTimeout(.zero) }
                    channel.closeFuture.whenComplete { _ in open.leave() }
                    try channel.pipeline.syncOperations.addHandler(IdleStateHandler(allTimeout: idleTime))
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
                    try channel.pipeline.syncOperations.addHandler(OperationsHTTPHandler(pages))
                }
            }
            .bind(host: host, port: port).get()
        return OperationsHTTP(channel)
    }

    func close() async {
        try? await channel.close().get()
    }
}
