import NIOCore

/// Answers all frames of a read in one buffer, which is used again and again.
final class BatchEchoHandler: ChannelInboundHandler {
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
