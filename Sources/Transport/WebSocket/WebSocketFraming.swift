import NIOCore
import NIOWebSocket
import Wire

/// Carries a connection's bytes in binary WebSocket messages (RFC 6455): where one message ends and the next begins means
/// nothing, as with the pieces of a TCP stream.
final class WebSocketFraming: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = WebSocketFrame

    private var isClosing = false
    private var pings: Allowance
    private var empties: Allowance

    init(_ limits: TransportLimits) {
        let now = LoopClock.now()
        pings = Allowance(limits.webSocketPings, now: now)
        empties = Allowance(limits.webSocketEmpties, now: now)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        // After the last word nothing is listened to but the browser's own.
        guard !isClosing || frame.opcode == .connectionClose else { return }
        // A browser masks every frame; a server that gets one without must close (RFC 6455, section 5.1).
        guard frame.maskKey != nil else {
            sendClose(context, .protocolError)
            return context.close(promise: nil)
        }
        switch frame.opcode {
        case .binary, .continuation:
            guard frame.length > 0 else { return end(context, unless: empties.spend(LoopClock.now())) }
            context.fireChannelRead(wrapInboundOut(frame.unmaskedData))
        case .ping:
            end(context, unless: pings.spend(LoopClock.now()))
            guard !isClosing else { return }
            let pong = WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData)
            context.writeAndFlush(wrapOutboundOut(pong), promise: nil)
        case .pong: end(context, unless: empties.spend(LoopClock.now()))
        case .connectionClose:
            sendClose(context, .normalClosure)
            context.close(promise: nil)
        default:
            sendClose(context, .unacceptableData)
            context.close(promise: nil)
        }
    }

    /// Ends the connection when there was one too many.
    private func end(_ context: ChannelHandlerContext, unless mayPass: Bool) {
        guard !mayPass else { return }
        sendClose(context, .policyViolation)
        context.close(promise: nil)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = unwrapOutboundIn(data)
        // A connection that closes without a last word writes nothing to learn when all was written.
        guard bytes.readableBytes > 0 else { return context.write(wrapOutboundOut(.empty), promise: promise) }
        context.write(wrapOutboundOut(WebSocketFrame(fin: true, opcode: .binary, data: bytes)), promise: promise)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        sendClose(context, .normalClosure)
        // The browser answers the close, and then the socket ends. Half a socket is nothing that WebSocket knows.
        if mode == .output { promise?.succeed() } else { context.close(mode: mode, promise: promise) }
    }

    private func sendClose(_ context: ChannelHandlerContext, _ code: WebSocketErrorCode) {
        guard !isClosing else { return }
        isClosing = true
        var data = context.channel.allocator.buffer(capacity: 2)
        data.write(webSocketErrorCode: code)
        context.writeAndFlush(
            wrapOutboundOut(WebSocketFrame(fin: true, opcode: .connectionClose, data: data)), promise: nil)
    }
}

extension WebSocketFrame {
    /// A message of no bytes.
    fileprivate static var empty: WebSocketFrame { WebSocketFrame(fin: true, opcode: .binary, data: ByteBuffer()) }
}
