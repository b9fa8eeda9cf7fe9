import NIOCore
import NIOPosix

/// What a connection costs without a database, in three kinds. Their sockets are set as the edge's.
final class EchoServer: Sendable {
    enum Kind {
        /// What the figures are held against: a bare SwiftNIO server as its documentation has it. A decoder cuts the
        /// bytes into frames by their length, a handler answers each with a frame that is always the same, and what
        /// one read brought is flushed at once.
        case frames
        /// One handler that writes all answers of a read into one buffer: as little as SwiftNIO can do.
        case batches
        /// The same, but the frame and its request are unpacked and the answer is packed, by protobuf-c.
        case protobuf
    }

    let port: Int
    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup

    private init(_ channel: any Channel, _ group: MultiThreadedEventLoopGroup) {
        self.channel = channel
        self.group = group
        port = channel.localAddress?.port ?? 0
    }

    /// - Parameter answer: a whole frame, its length included.
    static func start(_ kind: Kind, answer: [UInt8]) async throws -> EchoServer {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2_048, maximum: 16 << 10)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try add(kind, answer, to: channel.pipeline.syncOperations, channel.allocator)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return EchoServer(channel, group)
    }

    private static func add(
        _ kind: Kind, _ answer: [UInt8], to pipeline: ChannelPipeline.SynchronousOperations,
        _ allocator: ByteBufferAllocator
    ) throws {
        switch kind {
        case .frames:
            try pipeline.addHandler(ByteToMessageHandler(EchoFrames()))
            try pipeline.addHandler(EchoHandler(answer, allocator))
        case .batches:
            try pipeline.addHandler(BatchEchoHandler(answer, nil, allocator))
        case .protobuf:
            try pipeline.addHandler(
                BatchEchoHandler(answer, try ProtobufEcho(answer: Array(answer.dropFirst(4))), allocator))
        }
    }

    func stop() async {
        try? await channel.close().get()
        try? await group.shutdownGracefully()
    }
}

/// Cuts bytes into frames by the length that stands before each.
private struct EchoFrames: ByteToMessageDecoder {
    typealias InboundOut = ByteBuffer

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        guard let frame = buffer.readLengthPrefixedSlice(as: UInt32.self) else { return .needMoreData }
        context.fireChannelRead(wrapInboundOut(frame))
        return .continue
    }
}

/// Answers each frame.
private final class EchoHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: ByteBuffer

    init(_ answer: [UInt8], _ allocator: ByteBufferAllocator) {
        self.answer = allocator.buffer(bytes: answer)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.write(wrapOutboundOut(answer), promise: nil)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
    }
}
