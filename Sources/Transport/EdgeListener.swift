package import NIOCore
import NIOPosix
package import Wire

/// A socket that tills connect to. Each connection is served by the router's calls, on one event loop of the group.
package final class EdgeListener: Sendable {
    /// Where it listens; the port is the true one when 0 was asked for.
    package let address: EdgeAddress
    private let channel: any Channel
    private let connections: OpenConnections
    private let file: SocketFile?

    private init(_ address: EdgeAddress, _ channel: any Channel, _ connections: OpenConnections, _ file: SocketFile?) {
        self.address = address
        self.channel = channel
        self.connections = connections
        self.file = file
    }

    /// How many connections are open.
    package var connectionCount: Int { connections.count }

    /// Listens on a TCP port, or on a Unix socket (mode 0660; a socket file nobody answers on is replaced).
    /// - Parameters:
    ///   - group: an event loop, or several for connections to be spread over.
    ///   - observer: is told what happens to connections, on their event loops. It has to be quick.
    /// - Throws: ``TransportError``: what is in the way, and what to do.
    package static func bind(
        _ address: EdgeAddress, router: CallRouter, greeting: ServerGreeting,
        limits: TransportLimits = TransportLimits(), on group: any EventLoopGroup,
        observer: @escaping @Sendable (ConnectionEvent) -> Void = { _ in }
    ) async throws(TransportError) -> EdgeListener {
        let connections = OpenConnections(limits)
        let surroundings = EdgeHandler.Surroundings(
            router: router, greeting: greeting, limits: limits, observer: observer)
        let bootstrap = bootstrap(surroundings, connections, group)
        switch address {
        case .tcp(let host, let port):
            let channel = try await listen(bootstrap, host, port)
            let bound = channel.localAddress?.port ?? port
            return EdgeListener(.tcp(host: host, port: bound), channel, connections, nil)
        case .unix(let path):
            let (file, socket) = try SocketFile.bind(path)
            do {
                let channel = try await bootstrap.withBoundSocket(socket).get()
                return EdgeListener(address, channel, connections, file)
            } catch {
                file.remove()
                throw TransportError(listeningOn: address, error)
            }
        }
    }

    /// Takes no more connections, says goodbye to those that are open, lets their streams end within
    /// ``Wire/ConnectionLimits/drainWait``, and returns when all are closed and their
    /// calls have ended. Calls that do not heed their cancellation are waited for during ``TransportLimits/closeWait``.
    package func drain(
        _ status: Status = Status(.shuttingDown, "The edge shuts down. Connect again when it is back.")
    ) async {
        let open = connections.drain()
        try? await channel.close().get()
        file?.remove()
        for (connection, _) in open { connection.pipeline.fireUserInboundEventTriggered(ListenerEvent.drain(status)) }
        for (_, done) in open { try? await done.get() }
    }

    /// Closes the socket and all connections at once, and waits for their calls as ``drain(_:)`` does.
    package func close() async {
        let open = connections.drain()
        try? await channel.close().get()
        file?.remove()
        for (connection, _) in open { connection.close(promise: nil) }
        for (_, done) in open { try? await done.get() }
    }

    private static func listen(
        _ bootstrap: ServerBootstrap, _ host: String, _ port: Int
    ) async throws(TransportError) -> any Channel {
        guard (0...Int(UInt16.max)).contains(port) else {
            throw TransportError(.addressInvalid, "\(port) is no port. Choose one from 1 to 65535.")
        }
        do {
            return try await bootstrap.bind(host: host, port: port).get()
        } catch {
            throw TransportError(listeningOn: .tcp(host: host, port: port), error)
        }
    }

    private static func bootstrap(
        _ surroundings: EdgeHandler.Surroundings, _ connections: OpenConnections, _ group: any EventLoopGroup
    ) -> ServerBootstrap {
        let limits = surroundings.limits
        return ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: CInt(clamping: limits.backlog))
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptWatch(surroundings.observer))
                }
            }
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2_048, maximum: limits.readBytesMax)
            )
            .childChannelOption(
                .writeBufferWaterMark, value: .init(low: limits.writeLowBytes, high: limits.writeHighBytes)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try serve(channel, surroundings, connections) }
            }
    }

    private static func serve(
        _ channel: any Channel, _ surroundings: EdgeHandler.Surroundings, _ connections: OpenConnections
    ) throws {
        let peer = channel.peerDescription
        let isTCP = channel.remoteAddress?.ipAddress != nil
        if isTCP { try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1) }
        let (id, isRefused): (UInt64, Bool)
        let done = channel.eventLoop.makePromise(of: Void.self)
        switch connections.admit(channel, until: done.futureResult) {
        case .welcome(let number): (id, isRefused) = (number, false)
        case .refused(let number): (id, isRefused) = (number, true)
        case .dropped:
            surroundings.observer(.dropped(peer: peer))
            done.succeed()
            return channel.close(promise: nil)
        }
        let handler = EdgeHandler(
            surroundings, ConnectionInfo(id: id, peer: peer),
            refusal: isRefused ? refusal(surroundings, connections) : nil, done: done, on: channel)
        do {
            try channel.pipeline.syncOperations.addHandler(handler)
        } catch {
            done.succeed()
            throw error
        }
    }

    private static func refusal(_ surroundings: EdgeHandler.Surroundings, _ connections: OpenConnections) -> Status {
        if connections.isDraining {
            return Status(.shuttingDown, "The edge shuts down. Connect again when it is back.")
        }
        return Status(
            .tooManyConnections,
            "\(surroundings.limits.connectionsMax) connections are open, as many as may be. Close some.")
    }
}

extension Channel {
    /// Where the other side is: its host and port, or the path of the socket both are on.
    fileprivate var peerDescription: String {
        guard let address = remoteAddress, let host = address.ipAddress, let port = address.port else {
            return EdgeAddress.unix(path: localAddress?.pathname ?? "").description
        }
        return EdgeAddress.tcp(host: host, port: port).description
    }
}
