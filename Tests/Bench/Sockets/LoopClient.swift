import NIOCore
import NIOPosix
import Wire

/// A client on an event loop of its own, for connections with TLS, and for plain ones to compare them with. It costs more
/// than ``LeanClient``: only figures that it measured itself go together.
struct LoopClient: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<LoopClientHandler>

    /// Connects and says hello.
    /// - Parameter till: who encrypts; `nil` for a plain connection.
    static func connect(
        port: Int, as till: BenchTill?, on group: any EventLoopGroup
    ) async throws -> LoopClient {
        let welcomed = group.next().makePromise(of: NIOLoopBound<LoopClientHandler>.self)
        let channel = try await ClientBootstrap(group: group)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let till { try channel.pipeline.syncOperations.addHandler(try till.handler()) }
                    try channel.pipeline.syncOperations.addHandler(LoopClientHandler(welcomed))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return LoopClient(channel: channel, handler: try await welcomed.futureResult.get())
    }

    /// Asks so many at once, and the next ones as answers come.
    /// - Returns: how many answers came a second.
    func rate(of requests: LeanRequests, inFlight: Int) async throws -> Double {
        let start = Stopwatch.now()
        let done = channel.eventLoop.makePromise(of: Void.self)
        let handler = handler
        channel.eventLoop.execute { handler.value.ask(requests, inFlight: inFlight, done) }
        try await done.futureResult.get()
        return Double(requests.count) / (Double(Stopwatch.now() - start) / 1e9)
    }

    func close() async {
        try? await channel.close().get()
    }
}

/// Counts frames, and sends a request for each.
final class LoopClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let welcomed: EventLoopPromise<NIOLoopBound<LoopClientHandler>>
    private var isWelcomed = false
    private var context: ChannelHandlerContext?
    private var unread = ByteBuffer()
    private var came = 0
    private var asking: (requests: LeanRequests, sent: Int, answered: Int, done: EventLoopPromise<Void>)?

    init(_ welcomed: EventLoopPromise<NIOLoopBound<LoopClientHandler>>) {
        self.welcomed = welcomed
    }

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        let hello = Hello(versionMin: 1, versionMax: 1, client: "countertop-bench")
        let frame = PackedFrame(Frame(kind: .hello(hello))).bytes
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: frame)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        unread.writeBuffer(&bytes)
        while let length: UInt32 = unread.getInteger(at: unread.readerIndex), unread.readableBytes >= 4 + Int(length) {
            unread.moveReaderIndex(forwardBy: 4 + Int(length))
            came += 1
        }
        unread.discardReadBytes()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !isWelcomed, came > 0 {
            isWelcomed = true
            came -= 1
            welcomed.succeed(NIOLoopBound(self, eventLoop: context.eventLoop))
        }
        take(came)
        came = 0
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        let lost = BenchError("The edge ends the connection.")
        if !isWelcomed { welcomed.fail(lost) }
        asking?.done.fail(lost)
        asking = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        BenchDesk.note("\(error)")
        context.close(promise: nil)
    }

    func ask(_ requests: LeanRequests, inFlight: Int, _ done: EventLoopPromise<Void>) {
        asking = (requests, 0, 0, done)
        send(inFlight)
    }

    private func take(_ count: Int) {
        guard count > 0, let asking else { return }
        self.asking?.answered += count
        guard asking.answered + count < asking.requests.count else {
            self.asking = nil
            return asking.done.succeed()
        }
        send(count)
    }

    private func send(_ count: Int) {
        guard let asking, let context else { return }
        let end = min(asking.sent + count, asking.requests.count)
        guard end > asking.sent else { return }
        self.asking?.sent = end
        let bytes = context.channel.allocator.buffer(bytes: asking.requests.bytes(of: asking.sent..<end))
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }
}
