import NIOCore
import NIOHTTP1
import Synchronization

/// Answers one connection of ``OperationsHTTP``: each request once, and then it closes.
final class OperationsHTTPHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let pages: OperationsHTTP.Pages
    private var head: HTTPRequestHead?
    /// What comes behind a request is not looked at: the connection ends with the answer.
    private var isAnswered = false

    init(_ pages: OperationsHTTP.Pages) {
        self.pages = pages
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        // What is sent along is of no use to anybody here.
        case .body: break
        case .end: answer(context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let fault = error as? HTTPParserError, !isAnswered else { return context.close(promise: nil) }
        let plain = Self.plain
        switch fault {
        case .headerOverflow:
            write(
                context, .requestHeaderFieldsTooLarge, plain,
                "The request is too long. Here are /metrics and /healthz, and nothing else is looked at.\n")
        default:
            write(
                context, .badRequest, plain,
                "That is no request of HTTP/1.1. Here are /metrics and /healthz, over http:// alone; tills have a port of their "
                    + "own.\n")
        }
    }

    private func answer(_ context: ChannelHandlerContext) {
        guard !isAnswered else { return }
        guard let head else { return context.close(promise: nil) }
        let (status, type, text) = page(head)
        write(context, status, type, text, hasBody: head.method != .HEAD)
    }

    private static let plain = "text/plain; charset=utf-8"

    private func write(
        _ context: ChannelHandlerContext, _ status: HTTPResponseStatus, _ type: String, _ text: String,
        hasBody: Bool = true
    ) {
        isAnswered = true
        var headers = HTTPHeaders()
        headers.add(name: "Content-Type", value: type)
        headers.add(name: "Content-Length", value: String(text.utf8.count))
        headers.add(name: "Cache-Control", value: "no-store")
        headers.add(name: "Connection", value: "close")
        if status == .methodNotAllowed { headers.add(name: "Allow", value: "GET, HEAD") }
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
        if hasBody {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
        }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in bound.value.close(promise: nil) }
    }

    private func page(_ head: HTTPRequestHead) -> (HTTPResponseStatus, String, String) {
        let plain = Self.plain
        guard head.method == .GET || head.method == .HEAD else {
            return (.methodNotAllowed, plain, "Only GET and HEAD are answered here.\n")
        }
        switch head.uri.split(separator: "?", omittingEmptySubsequences: false).first {
        case "/metrics":
            return (.ok, "text/plain; version=0.0.4; charset=utf-8", pages.metrics())
        case "/healthz":
            let (isServing, line) = pages.health()
            return (isServing ? .ok : .serviceUnavailable, plain, line + "\n")
        default: return (.notFound, plain, "Here are /metrics and /healthz.\n")
        }
    }
}

/// How many connections are open, up to a bound.
final class ConnectionCount: Sendable {
    private let open = Mutex(0)
    private let max: Int

    init(max: Int) {
        self.max = max
    }

    /// - Returns: false when there are as many as may be.
    func enter() -> Bool {
        open.withLock { open in
            guard open < max else { return false }
            open += 1
            return true
        }
    }

    func leave() {
        open.withLock { $0 -= 1 }
    }
}
