import Foundation
import NIOCore
import NIOHTTP1
package import NIOPosix
import Synchronization

/// Serves the pages of cards over HTTP. TLS is the business of the proxy in front, where the pages are to be reached from
/// outside the store's network.
package final class CardHost: Sendable {
    private let channel: any Channel
    /// Where it listens.
    package let port: Int

    private init(_ channel: any Channel) {
        self.channel = channel
        port = channel.localAddress?.port ?? 0
    }

    /// - Parameters:
    ///   - host: the address of an interface.
    ///   - port: 0 lets the system choose.
    /// - Throws: ``CardsError`` `listenFailed`.
    package static func bind(
        host: String, port: Int, site: CardSite, on group: MultiThreadedEventLoopGroup
    ) async throws(CardsError) -> CardHost {
        let open = OpenPages()
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 64)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
                    try pipeline.addHandler(PageHandler(site: site, open: open))
                }
            }
        do {
            return CardHost(try await bootstrap.bind(host: host, port: port).get())
        } catch {
            throw CardsError(
                .listenFailed,
                "The card pages cannot be served at \(host), port \(port). Is the port taken, and the address this machine's? "
                    + "Choose another in the configuration's cards.pages.",
                cause: (error as? IOError).map { String(cString: strerror($0.errnoCode)) })
        }
    }

    /// Takes no more requests.
    package func close() async {
        try? await channel.close().get()
    }
}

/// How many connections are open.
private final class OpenPages: Sendable {
    private let count = Atomic(0)

    func enter() -> Bool { count.add(1, ordering: .relaxed).newValue <= CardsLimits.pageConnectionsMax }
    func leave() { count.subtract(1, ordering: .relaxed) }
}

/// Answers the requests of one connection, one at a time, and closes it after each: a phone asks once.
private final class PageHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let site: CardSite
    private let open: OpenPages
    private var head: HTTPRequestHead?
    private var deadline: Scheduled<Void>?

    init(site: CardSite, open: OpenPages) {
        self.site = site
        self.open = open
    }

    func channelActive(context: ChannelHandlerContext) {
        guard open.enter() else { return context.close(promise: nil) }
        let channel = context.channel
        deadline = context.eventLoop.scheduleTask(in: .seconds(CardsLimits.pageSeconds)) {
            channel.close(promise: nil)
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        open.leave()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            guard let head else { return }
            self.head = nil
            answer(head, context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        guard head.method == .GET || head.method == .HEAD else {
            return write(
                CardSite.Answer(
                    status: 405, contentType: "text/plain; charset=utf-8", headers: [("Allow", "GET, HEAD")],
                    body: Array("This place is only looked at.\n".utf8)), hasBody: true, context)
        }
        let path = String(head.uri.prefix { $0 != "?" && $0 != "#" })
        write(site.answer(to: path, now: Date()), hasBody: head.method == .GET, context)
    }

    private func write(_ answer: CardSite.Answer, hasBody: Bool, _ context: ChannelHandlerContext) {
        var headers = HTTPHeaders(CardPage.headers + answer.headers)
        headers.add(name: "Content-Type", value: answer.contentType)
        headers.add(name: "Content-Length", value: "\(answer.body.count)")
        headers.add(name: "Connection", value: "close")
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if hasBody { context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil) }
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }
}
