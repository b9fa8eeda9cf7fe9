import NIOCore
import NIOHTTP1
import NIOWebSocket

/// Answers what is no request for a WebSocket of ours, and closes.
final class HTTPRefuser: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let refusal: (HTTPRequestHead) -> HTTPRefusal
    private let fail: (String) -> Void
    private var isOver = false

    /// - Parameter fail: is told why, once.
    init(_ refusal: @escaping (HTTPRequestHead) -> HTTPRefusal, fail: @escaping (String) -> Void) {
        self.refusal = refusal
        self.fail = fail
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver, case .head(let head) = unwrapInboundIn(data) else { return }
        isOver = true
        let refusal = refusal(head)
        fail("HTTP \(refusal.status.code): \(refusal.message)")
        let body = ByteBuffer(string: refusal.message + "\n")
        var headers = HTTPHeaders([
            ("connection", "close"), ("content-type", "text/plain; charset=utf-8"),
            ("content-length", "\(body.readableBytes)"),
            // What is shown here is no page, and nothing is to be made of it.
            ("content-security-policy", "default-src 'none'"), ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
        ])
        if refusal.status == .upgradeRequired {
            headers.replaceOrAdd(name: "connection", value: "close, upgrade")
            headers.add(name: "upgrade", value: "websocket")
        }
        let answer = HTTPResponseHead(version: .http1_1, status: refusal.status, headers: headers)
        context.write(wrapOutboundOut(.head(answer)), promise: nil)
        if head.method != .HEAD { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event as? ListenerEvent {
        case .drain, .giveWay: context.close(promise: nil)
        // The end of a till's connections: it has none here yet.
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The request that could not become a WebSocket comes next, and is answered.
        guard !(error is NIOWebSocketUpgradeError) else { return }
        context.close(promise: nil)
    }
}
