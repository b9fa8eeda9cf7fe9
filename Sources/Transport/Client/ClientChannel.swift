package import NIOCore
import NIOPosix
package import Wire

/// A client's connection that was welcomed, usable from any task.
package final class ClientChannel: Sendable {
    /// What the edge told of itself.
    package let welcome: Welcome
    private let channel: any Channel
    private let handler: NIOLoopBound<ClientHandler>
    private let mark: OpenMark

    private init(
        _ handler: NIOLoopBound<ClientHandler>, _ mark: OpenMark, _ welcome: Welcome, _ channel: any Channel
    ) {
        self.mark = mark
        self.welcome = welcome
        self.channel = channel
        self.handler = handler
    }

    /// Connects, and says hello.
    /// - Parameter tls: whom to trust and who the client is; needed for an address with TLS, and for no other.
    /// - Throws: ``CallFailure`` when nobody listens, the edge refuses, or it takes too long.
    package static func connect(
        to address: EdgeAddress, tls: ClientTLS? = nil, hello: Hello, limits: TransportLimits = TransportLimits(),
        on group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) async throws(CallFailure) -> ClientChannel {
        let eventLoop = group.next()
        let welcomed = eventLoop.makePromise(of: ClientChannel.self)
        let connecting = connecting(to: address, tls, hello, limits, eventLoop, welcomed)
        connecting.whenFailure { welcomed.fail(failure(connectingTo: address, $0)) }
        do {
            return try await withTaskCancellationHandler {
                try await welcomed.futureResult.get()
            } onCancel: {
                welcomed.fail(CallFailure(Status(.callCancelled, "The caller gave connecting up."), wasServed: false))
                connecting.whenSuccess { $0.close(promise: nil) }
            }
        } catch {
            throw error as? CallFailure ?? failure(connectingTo: address, error)
        }
    }

    /// Makes a call and waits for its answer. Cancelling the task cancels the call.
    /// - Parameters:
    ///   - operation: an id with which the call is safe to make again; empty for none.
    ///   - timeout: after it the call ends with DEADLINE_EXCEEDED, on both sides.
    /// - Returns: the packed answer, not checked yet.
    package func call(
        _ call: String, body: [UInt8], operation: [UInt8] = [], timeout: Duration?
    ) async throws(CallFailure) -> [UInt8] {
        let ticket = RequestTicket(channel.eventLoop)
        let handler = handler
        let eventLoop = channel.eventLoop
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { caller in
                eventLoop.execute {
                    handler.value.request(
                        call, body: body, operation: operation, timeout: timeout, ticket: ticket,
                        reply: .answer(AnswerReply(caller)))
                }
            }
        } onCancel: {
            eventLoop.execute { handler.value.cancel(ticket) }
        }
        return try answer.get()
    }

    /// Makes a call that is answered by many messages. It goes on until the edge ends it, it is cancelled, or `timeout` is
    /// over.
    package func stream(
        _ call: String, body: [UInt8], operation: [UInt8] = [], timeout: Duration? = nil
    ) -> ReplyStream {
        let ticket = RequestTicket(channel.eventLoop)
        let handler = handler
        let eventLoop = channel.eventLoop
        let stream = ReplyStream(
            takenAtOnce: (welcome.messagesTakenAtOnce, welcome.bytesTakenAtOnce),
            onTaken: { messages in eventLoop.execute { handler.value.consume(messages, ticket) } },
            onCancel: { eventLoop.execute { handler.value.cancel(ticket) } })
        eventLoop.execute {
            handler.value.request(
                call, body: body, operation: operation, timeout: timeout, ticket: ticket, reply: .messages(stream))
        }
        return stream
    }

    /// Whether calls can still be made: not after the edge's goodbye, though what is under way may go on.
    package var isOpen: Bool { mark.isOpen && channel.isActive }

    /// Cuts the connection without a word, as a lost network does.
    package func sever() {
        channel.close(promise: nil)
    }

    /// Gives up what is open, says goodbye and closes. It returns when the connection is closed, after
    /// ``TransportLimits/closeWait`` at the latest.
    package func leave() async {
        let handler = handler
        channel.eventLoop.execute { handler.value.leave() }
        try? await channel.closeFuture.get()
    }

    private static func connecting(
        to address: EdgeAddress, _ tls: ClientTLS?, _ hello: Hello, _ limits: TransportLimits,
        _ eventLoop: any EventLoop,
        _ welcomed: EventLoopPromise<ClientChannel>
    ) -> EventLoopFuture<any Channel> {
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(limits.connectWait))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = ClientHandler(
                        hello, limits: limits, on: channel,
                        onWelcome: { handler, welcome in
                            let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
                            welcomed.succeed(ClientChannel(bound, handler.mark, welcome, channel))
                        },
                        onEnd: { welcomed.fail(CallFailure($0, wasServed: false)) })
                    if case .tls = address {
                        guard let tls else { throw CallFailure(needsTLS(address), wasServed: false) }
                        try channel.pipeline.syncOperations.addHandler(try tls.handler())
                    }
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        switch address {
        case .tcp(let host, let port), .tls(let host, let port):
            return bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1).connect(host: host, port: port)
        case .unix(let path): return bootstrap.connect(unixDomainSocketPath: path)
        }
    }

    private static func needsTLS(_ address: EdgeAddress) -> Status {
        Status(
            .identityNeeded, "\(address) is a store's edge: connect with the credentials that pairing gave this till.")
    }

    private static func failure(connectingTo address: EdgeAddress, _ error: any Error) -> CallFailure {
        if let failure = error as? CallFailure { return failure }
        let message =
            "No connection to \(address) came about: \(SystemCause.words(error)). Is the edge running, and is this its address?"
        return CallFailure(Status(.connectFailed, message), wasServed: false)
    }
}
