import NIOCore
import Wire

/// The edge's end of one connection: carries out what a ``Wire/ServerConnection`` asks for. Everything of it happens on the
/// connection's event loop.
///
/// Frames that one turn of the event loop brings forth leave in one write, whether they answer what was just read or come
/// from elsewhere. While the socket takes no more, nothing is read, and what was read is kept.
final class EdgeHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What is the same for all connections of a listener.
    struct Surroundings: Sendable {
        let router: CallRouter
        let connections: OpenConnections
        let greeting: ServerGreeting
        let limits: TransportLimits
        let turns: LoopTurns
        let observer: @Sendable (ConnectionEvent) -> Void
    }

    let surroundings: Surroundings
    let refusal: Status?
    /// Whose turn it is on the event loop.
    let turns: LoopQueue
    let eventLoop: any EventLoop
    var info: ConnectionInfo
    var context: ChannelHandlerContext?
    var connection: ServerConnection
    var reader: FrameReader
    var actions: [ServerAction] = []
    var isPerforming = false
    /// When the event that is being dealt with came.
    var now: Duration
    var out: OutboundBatch
    var isReading = false
    /// What is left of this connection's turn while several pieces come in by one read of the socket.
    var turn: (frames: Int, end: Duration)?
    var isFlushPending = false
    var isWritable = true
    /// What came in while the socket took no more.
    var unread: ByteBuffer?
    var isReadHeld = false
    var isResuming = false
    /// Frames that were read wait for this connection's next turn.
    var isQueued = false
    var alarm = LoopAlarm()
    var streams: [UInt32: StreamCall] = [:]
    var tasks: [UInt32: Task<Void, Never>] = [:]
    /// Tasks that have not ended, those counted whose streams have.
    var runningTasks = 0
    /// Why the connection ended, once it has.
    var ending: Status?
    var closeTask: Scheduled<Void>?
    /// Ends the connection of a stranger that proves nothing.
    var strangerTask: Scheduled<Void>?
    /// Nothing is taken from a source that broke rules before its wait is over.
    var isHeld: Bool { holdTask != nil }
    private var holdTask: Scheduled<Void>?
    private let wait: Duration
    /// When the connection is gone and its tasks have ended.
    let done: EventLoopPromise<Void>

    /// - Parameters:
    ///   - refusal: the connection is only told this, and closed.
    ///   - wait: how long it waits before it begins.
    init(
        _ surroundings: Surroundings, _ info: ConnectionInfo, refusal: Status?, wait: Duration = .zero,
        done: EventLoopPromise<Void>, on channel: any Channel
    ) {
        self.surroundings = surroundings
        self.refusal = refusal
        self.wait = wait
        turns = surroundings.turns.queue(of: channel.eventLoop, limits: surroundings.limits)
        self.info = info
        self.done = done
        eventLoop = channel.eventLoop
        now = LoopClock.now()
        connection = Self.connection(surroundings, info)
        reader = FrameReader(limits: connection.frameLimits)
        out = OutboundBatch(channel.allocator)
    }

    private static func connection(_ surroundings: Surroundings, _ info: ConnectionInfo) -> ServerConnection {
        ServerConnection(
            greeting: surroundings.greeting, nonce: info.nonce, limits: surroundings.limits.connection(of: info.caller),
            now: LoopClock.now())
    }

    var limits: TransportLimits { surroundings.limits }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { begin() }
    }

    func channelActive(context: ChannelHandlerContext) {
        begin()
        context.fireChannelActive()
    }

    private func begin() {
        surroundings.observer(.opened(info))
        guard wait > .zero else { return enter() }
        holdTask = eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) { [self] in
            holdTask = nil
            guard ending == nil else { return }
            connection = Self.connection(surroundings, info)
            enter()
            resume()
        }
    }

    private func enter() {
        now = LoopClock.now()
        if let refusal { connection.drain(refusal, now: now, into: &actions) }
        if !info.caller.isKnown { limitStranger() }
        settle()
    }

    private func limitStranger() {
        let wait = limits.strangerWait
        strangerTask = eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) { [self] in
            guard ending == nil else { return }
            end(Status(.identityLate, "Nobody proved within \(wait) who is connected. Pair, or use the certificate."))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        now = LoopClock.now()
        connection.disconnect(into: &actions)
        perform()
        alarm.cancel()
        closeTask?.cancel()
        holdTask?.cancel()
        strangerTask?.cancel()
        let lost = Status(.connectionLost, "The client closed the connection, or it broke.")
        surroundings.observer(.closed(info, ending ?? lost))
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        unread = nil
        guard runningTasks > 0 else { return done.succeed() }
        let done = done
        eventLoop.scheduleTask(in: TimeAmount(limits.closeWait)) { done.succeed() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ListenerEvent.drain(let status)? = event as? ListenerEvent {
            now = LoopClock.now()
            connection.drain(status, now: now, into: &actions)
            perform()
            // Calls have time to end; a stream would go on for ever, so whoever watches is told now.
            for stream in streams.values { stream.drain(status) }
            settle()
        }
        if case ListenerEvent.giveWay(let status)? = event as? ListenerEvent, ending == nil {
            end(status)
            context.close(promise: nil)
        }
        if case ListenerEvent.end(let caller, let status)? = event as? ListenerEvent, info.caller.id == caller,
            ending == nil
        {
            end(status)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Errors of a socket end it; channelInactive tells of it.
        context.close(promise: nil)
    }

    /// Carries out what the connection's rules ask for, and sees to it that it leaves and that time is kept.
    func settle() {
        perform()
        guard !isReading else { return }
        setAlarm()
        flushLater()
    }

    func setAlarm() {
        guard !isHeld else { return }
        alarm.set(connection.deadline, on: eventLoop) { [self] in
            alarm.rang()
            now = LoopClock.now()
            connection.tick(now: now, into: &actions)
            settle()
        }
    }
}
