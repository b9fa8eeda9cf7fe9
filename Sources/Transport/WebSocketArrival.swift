import NIOCore
import NIOHTTP1
import NIOWebSocket

/// Turns a browser's HTTP request into a connection, when it asks for the right path from a page that may.
enum WebSocketArrival {
    /// The longest WebSocket frame that is taken: one of the wire's longest frames, and the ends of its neighbours.
    private static let frameBytesMax = 72 << 10

    /// - Parameter begin: adds the connection's handlers; called once the connection speaks WebSocket.
    static func configure(
        _ channel: any Channel, rules: WebSocketRules, limits: TransportLimits,
        begin: @escaping @Sendable (any Channel) throws -> Void
    ) throws {
        let late = channel.eventLoop.scheduleTask(in: TimeAmount(limits.handshakeWait)) { channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in late.cancel() }
        let upgrader = NIOWebSocketServerUpgrader(
            maxFrameSize: frameBytesMax, automaticErrorHandling: true,
            shouldUpgrade: { channel, head in
                channel.eventLoop.makeSucceededFuture(refusal(of: head, rules) == nil ? HTTPHeaders() : nil)
            },
            upgradePipelineHandler: { channel, _ in
                late.cancel()
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(WebSocketFraming())
                    try begin(channel)
                }
            })
        let refusing = HTTPRefusal { refusal(of: $0, rules) ?? .upgradeRequired }
        let bound = NIOLoopBound(refusing, eventLoop: channel.eventLoop)
        try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withPipeliningAssistance: false,
            withServerUpgrade: (
                upgraders: [upgrader],
                completionHandler: { _ in channel.pipeline.syncOperations.removeHandler(bound.value, promise: nil) }
            ),
            withErrorHandling: true)
        try channel.pipeline.syncOperations.addHandler(refusing)
    }

    private static func refusal(of head: HTTPRequestHead, _ rules: WebSocketRules) -> HTTPResponseStatus? {
        guard head.uri == WebSocketRules.path else { return .notFound }
        let origins = head.headers["origin"]
        guard origins.count == 1, let origin = origins.first, rules.origins.contains(origin) else { return .forbidden }
        return nil
    }
}

/// Answers what is no request for a WebSocket of ours, and closes.
final class HTTPRefusal: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let status: (HTTPRequestHead) -> HTTPResponseStatus

    init(_ status: @escaping (HTTPRequestHead) -> HTTPResponseStatus) {
        self.status = status
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        let headers = HTTPHeaders([("connection", "close"), ("content-length", "0")])
        let answer = HTTPResponseHead(version: .http1_1, status: status(head), headers: headers)
        context.write(wrapOutboundOut(.head(answer)), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ListenerEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
