import NIOCore

/// Tells of connections that could not be taken. The listener goes on, and NIO waits a moment before it tries again.
final class AcceptWatch: ChannelInboundHandler {
    typealias InboundIn = Channel

    private let observer: @Sendable (ConnectionEvent) -> Void

    init(_ observer: @escaping @Sendable (ConnectionEvent) -> Void) {
        self.observer = observer
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        observer(.acceptFailed(SystemCause.words(error)))
        context.fireErrorCaught(error)
    }
}
