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

    /// Listens on a TCP port, or on a Unix socket (a socket file nobody answers on is replaced).
    /// - Parameters:
    ///   - security: how it finds out who connects. A Unix socket whose listener asks for the user may be connected to by
    ///     everyone on the machine (mode 0666), since the file cannot say which users may.
    ///   - group: an event loop, or several for connections to be spread over.
    ///   - turns: shared with the other listeners of the same event loops.
    ///   - numbers: shared with the other listeners of the same edge, so that a connection's number says which it is.
    ///   - observer: is told what happens to connections, on their event loops. It has to be quick.
    /// - Throws: ``TransportError``: what is in the way, and what to do.
    package static func bind(
        _ address: EdgeAddress, security: ListenerSecurity = .open(.local), router: CallRouter,
        greeting: ServerGreeting,
        limits: TransportLimits = TransportLimits(), on group: any EventLoopGroup, turns: LoopTurns = LoopTurns(),
        numbers: ConnectionNumbers = ConnectionNumbers(),
        observer: @escaping @Sendable (ConnectionEvent) -> Void = { _ in }
    ) async throws(TransportError) -> EdgeListener {
        let connections = OpenConnections(limits, numbers: numbers)
        let surroundings = EdgeHandler.Surroundings(
            router: router, connections: connections, greeting: greeting, limits: limits, turns: turns,
            observer: observer)
        let bootstrap = bootstrap(surroundings, security, group)
        switch address {
        case .tcp(let host, let port):
            let channel = try await listen(bootstrap, host, port)
            let bound = channel.localAddress?.port ?? port
            return EdgeListener(.tcp(host: host, port: bound), channel, connections, nil)
        case .tls(let host, let port):
            let channel = try await listen(bootstrap.serverChannelOption(freebind, value: 1), host, port)
            let bound = channel.localAddress?.port ?? port
            return EdgeListener(.tls(host: host, port: bound), channel, connections, nil)
        case .unix(let path):
            let (file, socket) = try SocketFile.bind(path, isOpen: security.checksUsers)
            do {
                let channel = try await bootstrap.withBoundSocket(socket).get()
                return EdgeListener(address, channel, connections, file)
            } catch {
                file.remove()
                throw TransportError(listeningOn: address, error)
            }
        }
    }

    /// How many connections a caller has.
    package func connectionCount(of caller: String) -> Int { connections.count(of: caller) }

    /// Ends the connections of a caller, and tells it why.
    package func end(caller: String, _ status: Status) {
        for connection in connections.all {
            connection.pipeline.fireUserInboundEventTriggered(ListenerEvent.end(caller: caller, status))
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

    /// IP_FREEBIND (ip(7)): an address that the machine does not have yet, because its network is not up, is listened at from
    /// the moment that it has it.
    private static let freebind = ChannelOptions.Types.SocketOption(level: .ip, name: NIOBSDSocket.Option(rawValue: 15))

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
        _ surroundings: EdgeHandler.Surroundings, _ security: ListenerSecurity, _ group: any EventLoopGroup
    ) -> ServerBootstrap {
        let limits = surroundings.limits
        let readBytesMax = limits.readBytesMax(at: security)
        return ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: CInt(clamping: limits.backlog))
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Those inside have their turns between any two that are taken.
            .serverChannelOption(.maxMessagesPerRead, value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let connections = surroundings.connections
                    let pace = AcceptPace(
                        AcceptPace.Rates(
                            taking: limits.accepts, lettingIn: security.isTLS ? limits.secureEntries : limits.entries,
                            placesMax: limits.doorPlacesMax),
                        on: channel.eventLoop,
                        mayCome: { !security.isTLS || connections.mayBeginHandshake(from: $0) },
                        drop: { surroundings.observer(.dropped(peer: $0.peerDescription)) })
                    try channel.pipeline.syncOperations.addHandlers([AcceptWatch(surroundings.observer), pace])
                }
            }
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(
                    minimum: 512, initial: min(2_048, readBytesMax), maximum: readBytesMax)
            )
            .childChannelOption(
                .writeBufferWaterMark, value: .init(low: limits.writeLowBytes, high: limits.writeHighBytes)
            )
            .childChannelInitializer { serve($0, surroundings, security) }
    }
}
