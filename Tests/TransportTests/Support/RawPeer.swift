import NIOCore
import NIOPosix
import Transport
import Wire

/// A client that sends whatever bytes a test likes, and reads, and answers pings, unless the test forbids it.
final class RawPeer: Sendable {
    private let channel: any Channel
    private let frames: AsyncStream<Frame>

    private init(_ channel: any Channel, _ frames: AsyncStream<Frame>) {
        self.channel = channel
        self.frames = frames
    }

    static func connect(
        to address: EdgeAddress, from source: String? = nil, reads: Bool = true, on group: any EventLoopGroup
    ) async throws -> RawPeer {
        let (frames, continuation) = AsyncStream.makeStream(of: Frame.self)
        var bootstrap = ClientBootstrap(group: group)
            .channelOption(.autoRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(FrameCollector(continuation))
                }
            }
        if let source { bootstrap = bootstrap.bind(to: try SocketAddress(ipAddress: source, port: 0)) }
        let channel =
            switch address {
            case .tcp(let host, let port), .tls(let host, let port):
                try await bootstrap.connect(host: host, port: port).get()
            case .unix(let path): try await bootstrap.connect(unixDomainSocketPath: path).get()
            }
        return RawPeer(channel, frames)
    }

    /// Connects, says hello and takes the welcome.
    static func greeted(
        by address: EdgeAddress, on group: any EventLoopGroup
    ) async throws -> RawPeer {
        let peer = try await connect(to: address, on: group)
        try await peer.send(.hello(Hello(versionMin: 1, versionMax: 1, client: "test/1")))
        _ = await peer.next()
        return peer
    }

    func send(bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// Sends without waiting for the socket to take it.
    func pour(bytes: [UInt8]) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }

    func send(_ kind: Frame.Kind, on stream: UInt32 = 0) async throws {
        try await send(bytes: PackedFrame(Frame(stream: stream, kind: kind)).bytes)
    }

    func request(_ stream: UInt32, _ call: String, lane: String = "1", deadlineMs: UInt32 = 0) async throws {
        try await send(.request(Self.request(call, lane: lane, deadlineMs: deadlineMs)), on: stream)
    }

    static func request(_ call: String, lane: String = "1", deadlineMs: UInt32 = 0) -> Request {
        Request(call: call, body: EnterRequest(lane: lane).packed(), deadlineMs: deadlineMs)
    }

    func read(_ reads: Bool) async throws {
        try await channel.setOption(.autoRead, value: reads).get()
        if reads { channel.read() }
    }

    /// The next frame; `nil` when the edge has closed the connection.
    func next() async -> Frame? {
        for await frame in frames { return frame }
        return nil
    }

    /// The next frame in words: "1 message a", "0 status HELLO_LATE", "closed".
    func nextInWords() async -> String {
        guard let frame = await next() else { return "closed" }
        switch frame.kind {
        case .message(let message):
            let lane = (try? EnterRequest(packed: message.body))?.lane ?? "?"
            return "\(frame.stream) message \(lane)\(message.last ? " last" : "")"
        case .status(let status): return "\(frame.stream) status \(status.reason)"
        case .goodbye(let goodbye): return "\(frame.stream) goodbye \(goodbye.lastStream) \(goodbye.reason)"
        case .welcome: return "\(frame.stream) welcome"
        default: return "\(frame.stream) other"
        }
    }

    func close() async throws {
        try await channel.close().get()
    }
}

private final class FrameCollector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var reader = FrameReader(limits: .afterHello)
    private let frames: AsyncStream<Frame>.Continuation

    init(_ frames: AsyncStream<Frame>.Continuation) {
        self.frames = frames
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        unwrapInboundIn(data).withUnsafeReadableBytes { all in
            var chunk = all
            while let frame = try? reader.next(from: &chunk) {
                // A peer that reads is alive, however long the test takes over it.
                if case .ping(let ping) = frame.kind {
                    let pong = PackedFrame(Frame(kind: .pong(Pong(token: ping.token))))
                    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: pong.bytes)), promise: nil)
                } else {
                    frames.yield(frame)
                }
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        frames.finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
