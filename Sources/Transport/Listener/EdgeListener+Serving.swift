import NIOCore
import NIOSSL
import Wire

extension EdgeListener {
    /// Gives a new connection its handlers, once it is known who is at the other end.
    static func serve(
        _ channel: any Channel, _ surroundings: EdgeHandler.Surroundings, _ security: ListenerSecurity
    ) -> EventLoopFuture<Void> {
        let isTCP = channel.remoteAddress?.ipAddress != nil
        let loop = channel.eventLoop
        guard let entrance = Entrance(channel, surroundings) else {
            return loop.makeSucceededVoidFuture()
        }
        switch security {
        case .open(let caller):
            return loop.makeCompletedFuture {
                if isTCP { try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1) }
                try entrance.begin(.success(caller))
            }
        case .peerCredentials(let identify):
            return PeerCredentials.read(of: channel).flatMapThrowing { try entrance.begin(identify($0)) }
        case .tls(let tls):
            return loop.makeCompletedFuture {
                if isTCP { try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1) }
                try arrive(channel, tls, entrance) { try entrance.begin($0) }
            }
        case .webSocket(let tls, let rules):
            return loop.makeCompletedFuture {
                if isTCP { try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1) }
                try arrive(channel, tls, entrance) { identity in
                    try WebSocketArrival.configure(
                        channel, rules: rules, limits: surroundings.limits,
                        begin: { _ in try entrance.begin(identity) }, fail: { entrance.fail($0) })
                }
            }
        }
    }

    private static func arrive(
        _ channel: any Channel, _ tls: ListenerTLS, _ entrance: Entrance,
        _ begin: @escaping (TLSArrival.Identity) throws -> Void
    ) throws {
        // Whose certificate it is, is found out when the handshake is done: a client is then told in words why it is refused,
        // which TLS has none for. Until then nothing but the handshake is read.
        let handler = NIOSSLServerHandler(
            context: tls.context().context,
            customVerificationCallback: { _, verdict in verdict.succeed(.certificateVerified) })
        let arrival = TLSArrival(
            handler, identify: tls.identify, limits: entrance.limits, begin: { _, identity in try begin(identity) },
            fail: { entrance.fail($0) })
        try channel.pipeline.syncOperations.addHandlers([handler, arrival])
    }
}

/// The place a connection has among its listener's, from the moment it is taken.
private struct Entrance: Sendable {
    private let channel: any Channel
    private let surroundings: EdgeHandler.Surroundings
    private let id: UInt64
    private let isRefused: Bool
    private let done: EventLoopPromise<Void>
    /// Whether a handler has come about, which then says when all is done.
    private let isBegun: NIOLoopBoundBox<Bool>

    var limits: TransportLimits { surroundings.limits }

    /// - Returns: `nil` when there was no place, and the connection is closed.
    init?(_ channel: any Channel, _ surroundings: EdgeHandler.Surroundings) {
        self.channel = channel
        self.surroundings = surroundings
        done = channel.eventLoop.makePromise(of: Void.self)
        isBegun = .makeBoxSendingValue(false, eventLoop: channel.eventLoop)
        switch surroundings.connections.admit(channel, until: done.futureResult) {
        case .welcome(let number): (id, isRefused) = (number, false)
        case .refused(let number): (id, isRefused) = (number, true)
        case .dropped:
            surroundings.observer(.dropped(peer: channel.peerDescription))
            done.succeed()
            channel.close(promise: nil)
            return nil
        }
        let (done, isBegun) = (done, isBegun)
        channel.closeFuture.whenComplete { _ in
            if !isBegun.value { done.succeed() }
        }
    }

    /// Adds the connection's handler, or closes the connection of a source that broke too many rules.
    func begin(_ identity: Result<Caller, Status>) throws {
        let caller = (try? identity.get()) ?? .stranger
        var refusal: Status?
        if case .failure(let status) = identity { refusal = status }
        if isRefused { refusal = fullRefusal }
        let info = ConnectionInfo(
            id: id, peer: channel.peerDescription, caller: caller,
            address: SourceAddress.key(of: channel.remoteAddress),
            nonce: caller.isKnown ? [] : Self.nonce())
        guard let wait = isRefused ? .zero : surroundings.connections.wait(of: info) else {
            surroundings.observer(.dropped(peer: info.peer))
            channel.close(promise: nil)
            return
        }
        try channel.pipeline.syncOperations.addHandler(
            EdgeHandler(surroundings, info, refusal: refusal, wait: wait, done: done, on: channel))
        isBegun.value = true
    }

    /// No connection came about.
    func fail(_ cause: String) {
        surroundings.observer(.handshakeFailed(peer: channel.peerDescription, cause: cause))
    }

    private static func nonce() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<4).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } }
    }

    private var fullRefusal: Status {
        if surroundings.connections.isDraining {
            return Status(.shuttingDown, "The edge shuts down. Connect again when it is back.")
        }
        return Status(
            .tooManyConnections, "\(limits.connectionsMax) connections are open, as many as may be. Close some.")
    }
}

extension Channel {
    /// Where the other side is: its host and port, or the path of the socket both are on.
    var peerDescription: String {
        guard let address = remoteAddress, let host = address.ipAddress, let port = address.port else {
            return EdgeAddress.unix(path: localAddress?.pathname ?? "").description
        }
        return EdgeAddress.tcp(host: host, port: port).description
    }
}
