import NIOCore
import NIOHTTP1
import NIOWebSocket

/// Turns a browser's HTTP request into a connection, when it asks for the right path from a page that may.
enum WebSocketArrival {
    /// The longest WebSocket frame that is taken: one of the wire's longest frames, and the ends of its neighbours.
    private static let frameBytesMax = 72 << 10

    /// - Parameters:
    ///   - begin: adds the connection's handlers; called once the connection speaks WebSocket.
    ///   - fail: is told why a request was refused.
    static func configure(
        _ channel: any Channel, rules: WebSocketRules, limits: TransportLimits,
        begin: @escaping @Sendable (any Channel) throws -> Void, fail: @escaping @Sendable (String) -> Void
    ) throws {
        let late = channel.eventLoop.scheduleTask(in: TimeAmount(limits.handshakeWait)) {
            fail("No request for a WebSocket came within \(limits.handshakeWait).")
            channel.close(promise: nil)
        }
        channel.closeFuture.whenComplete { _ in late.cancel() }
        let upgrader = NIOWebSocketServerUpgrader(
            maxFrameSize: frameBytesMax, automaticErrorHandling: true,
            shouldUpgrade: { channel, head in
                channel.eventLoop.makeSucceededFuture(HTTPRefusal.of(head, rules) == nil ? HTTPHeaders() : nil)
            },
            upgradePipelineHandler: { channel, _ in
                late.cancel()
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(WebSocketFraming(limits))
                    try begin(channel)
                }
            })
        let refusing = HTTPRefuser({ HTTPRefusal.of($0, rules) ?? .noWebSocket }, fail: fail)
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
}
