import NIOCore
import NIOSSL
import NIOTLS
import Wire

/// Waits for a handshake's end, finds out who has come, and lets the connection begin. A handshake that takes too long, or
/// fails, ends the connection.
final class TLSArrival: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    /// Who came, or why it is let go.
    typealias Identity = Result<Caller, Status>

    private let tls: NIOSSLServerHandler
    private let identify: @Sendable ([UInt8]) -> Identity
    private let limits: TransportLimits
    private let begin: (ChannelHandlerContext, Identity) throws -> Void
    private let fail: (String) -> Void
    private var timer: Scheduled<Void>?
    private var isOver = false

    /// - Parameters:
    ///   - begin: adds the connection's handlers behind this one.
    ///   - fail: is told why no connection came about; called once, instead of `begin`.
    init(
        _ tls: NIOSSLServerHandler, identify: @escaping @Sendable ([UInt8]) -> Identity, limits: TransportLimits,
        begin: @escaping (ChannelHandlerContext, Identity) throws -> Void, fail: @escaping (String) -> Void
    ) {
        self.tls = tls
        self.identify = identify
        self.limits = limits
        self.begin = begin
        self.fail = fail
    }

    func handlerAdded(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.handshakeWait)) { [self] in
            end(context, "The TLS handshake was not done within \(limits.handshakeWait).")
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted(let negotiated)? = event as? TLSUserEvent, !isOver {
            isOver = true
            timer?.cancel()
            arrive(context, negotiated)
        }
        if case ListenerEvent.drain? = event as? ListenerEvent {
            end(context, "The edge shut down in the TLS handshake.")
        }
        if case ListenerEvent.giveWay? = event as? ListenerEvent {
            end(context, "The connection gave way to a newer one in the TLS handshake.")
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(context, "The client closed the connection in the TLS handshake.")
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard isOver else { return end(context, SystemCause.words(error)) }
        context.fireErrorCaught(error)
    }

    private func arrive(_ context: ChannelHandlerContext, _ negotiated: String?) {
        do {
            try begin(context, identity(negotiated))
            context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
        } catch {
            context.close(promise: nil)
        }
    }

    private func identity(_ negotiated: String?) -> Identity {
        guard negotiated == ListenerTLS.protocolName || negotiated == "http/1.1" else {
            let status = Status(
                .protocolNotNamed,
                "Name the protocol \(ListenerTLS.protocolName) in the TLS handshake (ALPN, RFC 7301).")
            return .failure(status)
        }
        guard let certificate = tls.peerCertificate else { return .success(.stranger) }
        guard let der = try? certificate.toDERBytes() else {
            return .failure(Status(.certificateRefused, "The client's certificate cannot be read. Pair anew."))
        }
        return identify(der)
    }

    private func end(_ context: ChannelHandlerContext, _ cause: String) {
        guard !isOver else { return }
        isOver = true
        timer?.cancel()
        fail(cause)
        context.close(promise: nil)
    }
}
