import NIOCore
import NIOSSL
import Wire

/// The client's end of one connection: carries out what a ``Wire/ClientConnection`` asks for. Everything of it happens on
/// the connection's event loop.
final class ClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let limits: TransportLimits
    let eventLoop: any EventLoop
    private let onWelcome: (ClientHandler, Welcome) -> Void
    let onEnd: (Status) -> Void
    let mark = OpenMark()
    var context: ChannelHandlerContext?
    var connection: ClientConnection
    private var reader: FrameReader
    var actions: [ClientAction] = []
    private var isPerforming = false
    var now: Duration
    var out: OutboundBatch
    private var isReading = false
    var isFlushPending = false
    private var alarm = LoopAlarm()
    var replies: [UInt32: ReplyTarget] = [:]
    var isEnded = false
    var closeTask: Scheduled<Void>?

    /// - Parameters:
    ///   - onWelcome: called once, when the edge said welcome.
    ///   - onEnd: called once, when the connection has ended, before or after its welcome.
    init(
        _ hello: Hello, limits: TransportLimits, on channel: any Channel,
        onWelcome: @escaping (ClientHandler, Welcome) -> Void, onEnd: @escaping (Status) -> Void
    ) {
        self.limits = limits
        self.onWelcome = onWelcome
        self.onEnd = onEnd
        eventLoop = channel.eventLoop
        now = LoopClock.now()
        connection = ClientConnection(hello: hello, limits: limits.connection, now: now)
        reader = FrameReader(limits: connection.frameLimits)
        out = OutboundBatch(channel.allocator)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { begin() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        begin()
        context.fireChannelActive()
    }

    private func begin() {
        connection.start(into: &actions)
        settle()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnded else { return }
        isReading = true
        now = LoopClock.now()
        unwrapInboundIn(data).withUnsafeReadableBytes { all in
            var chunk = all
            do throws(WireError) {
                while !isEnded, let frame = try reader.next(from: &chunk) {
                    connection.receive(frame, now: now, into: &actions)
                    perform()
                }
            } catch {
                connection.fail(error, into: &actions)
                perform()
            }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        setAlarm()
        flush()
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.disconnect(into: &actions)
        perform()
        alarm.cancel()
        closeTask?.cancel()
        end(Status(.connectionLost, "The connection to the edge is gone. Connect again."))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // An edge that goes, or is too busy, in the middle of the handshake is an edge that was lost: nothing is known of it.
        if let failure = error as? NIOSSLError, case .handshakeFailed(let cause) = failure,
            cause != .sslError([.eofDuringHandshake])
        {
            end(
                Status(
                    .edgeUntrusted,
                    "The TLS handshake failed: what listens there is not the edge this till was paired with, or no edge. "
                        + "Check the address and the port, or pair anew."))
        }
        context.close(promise: nil)
    }

    func settle() {
        perform()
        guard !isReading else { return }
        setAlarm()
        flushLater()
    }

    private func perform() {
        guard !isPerforming else { return }
        isPerforming = true
        var next = 0
        while next < actions.count {
            let action = actions[next]
            next += 1
            carryOut(action)
        }
        actions.removeAll(keepingCapacity: true)
        isPerforming = false
    }

    private func carryOut(_ action: ClientAction) {
        switch action {
        case .send(let frame):
            out.append(frame)
            if out.byteCount >= limits.batchBytesMax { flush() }
        case .welcomed(let welcome): onWelcome(self, welcome)
        case .message(let stream, let body, let isLast):
            let reply = isLast ? replies.removeValue(forKey: stream) : replies[stream]
            reply?.take(body, isLast: isLast)
        case .ended(let stream, let status, let wasServed):
            replies.removeValue(forKey: stream)?.end(CallFailure(status, wasServed: wasServed))
        case .leaving: mark.close()
        case .close(let status):
            mark.close()
            close(status)
        }
    }

    private func setAlarm() {
        alarm.set(connection.deadline, on: eventLoop) { [self] in
            alarm.rang()
            now = LoopClock.now()
            connection.tick(now: now, into: &actions)
            settle()
        }
    }
}
