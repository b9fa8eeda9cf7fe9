import NIOCore
import NIOPosix

/// What a connection costs without a database: a channel handler that answers each frame with one that is always the
/// same. Its sockets are set as the edge's.
final class EchoServer: Sendable {
    let port: Int
    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup

    private init(_ channel: any Channel, _ group: MultiThreadedEventLoopGroup) {
        self.channel = channel
        self.group = group
        port = channel.localAddress?.port ?? 0
    }

    /// - Parameters:
    ///   - answer: a whole frame, its length included.
    ///   - protobuf: whether requests are unpacked and answers packed; otherwise bytes are only copied.
    static func start(answer: [UInt8], protobuf: Bool) async throws -> EchoServer {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let channel = try await ServerBootstrap(group: group)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2_048, maximum: 16 << 10)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let echo = protobuf ? try ProtobufEcho(answer: Array(answer.dropFirst(4))) : nil
                    try channel.pipeline.syncOperations.addHandler(EchoHandler(answer, echo, channel.allocator))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return EchoServer(channel, group)
    }

    func stop() async {
        try? await channel.close().get()
        try? await group.shutdownGracefully()
    }
}

private final class EchoHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: [UInt8]
    private let protobuf: ProtobufEcho?
    private var unread: ByteBuffer
    private var out: ByteBuffer
    private var isOutTaken = false

    init(_ answer: [UInt8], _ protobuf: ProtobufEcho?, _ allocator: ByteBufferAllocator) {
        self.answer = answer
        self.protobuf = protobuf
        unread = allocator.buffer(capacity: 1 << 10)
        out = allocator.buffer(capacity: 1 << 10)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        guard unread.readableBytes > 0 else {
            take(&bytes)
            if bytes.readableBytes > 0 { unread = bytes }
            return
        }
        unread.writeBuffer(&bytes)
        take(&unread)
        if unread.readableBytes == 0 { unread.clear() }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard !isOutTaken, out.readableBytes > 0 else { return }
        isOutTaken = true
        context.writeAndFlush(wrapOutboundOut(out), promise: nil)
    }

    private func take(_ bytes: inout ByteBuffer) {
        while let length: UInt32 = bytes.getInteger(at: bytes.readerIndex),
            bytes.readableBytes >= 4 + Int(length)
        {
            if isOutTaken {
                // By now the socket has mostly written what it was given, and its memory can be used again.
                out.clear()
                isOutTaken = false
            }
            if let protobuf {
                bytes.withUnsafeReadableBytes { memory in
                    protobuf.answer(UnsafeRawBufferPointer(rebasing: memory[4..<4 + Int(length)]), into: &out)
                }
            } else {
                out.writeBytes(answer)
            }
            bytes.moveReaderIndex(forwardBy: 4 + Int(length))
        }
    }
}
