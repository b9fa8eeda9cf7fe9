import NIOCore
import Wire

/// The client's end of one connection: carries out what a ``Wire/ClientConnection`` asks for. Everything of it happens on
/// the connection's event loop.
final class ClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let limits: TransportLimits
    private let eventLoop: any EventLoop
    private let onWelcome: (ClientHandler, Welcome) -> Void
    private let onEnd: (Status) -> Void
    private var context: ChannelHandlerContext?
    private var connection: ClientConnection
    private var reader: FrameReader
    private var actions: [ClientAction] = []
    private var isPerforming = false
    private var now: Duration
    private var out: OutboundBatch
    private var isReading = false
    private var isFlushPending = false
    private var alarm = LoopAlarm()
    private var replies: [UInt32: ReplyTarget] = [:]
    private var isEnded = false
    private var closeTask: Scheduled<Void>?

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

    // MARK: The channel

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
        context.close(promise: nil)
    }

    // MARK: Calls

    /// Makes a call, unless it was given up already.
    func request(
        _ call: String, body: [UInt8], timeout: Duration?, ticket: RequestTicket, reply: ReplyTarget
    ) {
        if case .givenUp = ticket.place { return reply.end(Self.givenUp) }
        now = LoopClock.now()
        switch connection.request(call, body: body, timeout: timeout, now: now, into: &actions) {
        case .refused(let status): reply.end(CallFailure(status, wasServed: false))
        case .stream(let stream):
            ticket.place = .open(stream: stream)
            replies[stream] = reply
        }
        settle()
    }

    /// Gives a call up.
    func cancel(_ ticket: RequestTicket) {
        defer { ticket.place = .givenUp }
        guard case .open(let stream) = ticket.place, let reply = replies.removeValue(forKey: stream) else { return }
        now = LoopClock.now()
        connection.cancel(stream, now: now, into: &actions)
        reply.end(Self.givenUp)
        settle()
    }

    /// Gives credit again for messages that were taken.
    func consume(_ messages: Int, _ ticket: RequestTicket) {
        guard case .open(let stream) = ticket.place else { return }
        connection.consume(messages, on: stream, into: &actions)
        settle()
    }

    /// Gives up what is open, says goodbye and closes.
    func leave() {
        now = LoopClock.now()
        for (stream, reply) in replies {
            connection.cancel(stream, now: now, into: &actions)
            reply.end(Self.givenUp)
        }
        replies = [:]
        connection.drain(now: now, into: &actions)
        settle()
    }

    private static let givenUp = CallFailure(
        Status(.callCancelled, "The caller gave the call up."), wasServed: true)

    // MARK: The rules

    private func settle() {
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
        case .leaving: break
        case .close(let status): close(status)
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

    private func flush() {
        guard let context, let bytes = out.take() else { return }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }

    private func flushLater() {
        guard !isFlushPending, out.byteCount > 0 else { return }
        isFlushPending = true
        eventLoop.assumeIsolated().execute { [self] in
            isFlushPending = false
            flush()
        }
    }

    private func end(_ status: Status) {
        guard !isEnded else { return }
        isEnded = true
        onEnd(status)
    }

    /// Closes the own half, so that the edge has what was sent last, and the rest when the edge has closed its half.
    private func close(_ status: Status) {
        end(status)
        guard let context else { return }
        let written = eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { [self] _ in
            self.context?.close(mode: .output, promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(out.take() ?? ByteBuffer()), promise: written)
        closeTask = eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limits.closeWait)) { [self] in
            self.context?.close(promise: nil)
        }
    }
}
