import NIOCore
import Wire

/// Lets connections in at a measured pace, so that those that are inside keep their turns while a crowd is at the door, and
/// whoever comes new keeps a place in front of the crowd.
///
/// Connections are taken from the kernel quickly, so that its backlog has room for everybody. One of an address that has
/// come too often is closed at once, before it costs anything. The others wait here, and are let in at the pace, the
/// addresses in turn.
final class AcceptPace: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never

    /// What a listener measures by.
    struct Rates {
        /// How quickly connections are taken from the kernel.
        let taking: Allowance.Rate
        /// How quickly they are let in.
        let lettingIn: Allowance.Rate
        /// How many wait in between.
        let placesMax: Int
    }

    private var taking: Allowance
    private var lettingIn: Allowance
    private var queue: DoorQueue<any Channel>
    private let eventLoop: any EventLoop
    private let mayCome: (_ source: String) -> Bool
    private let drop: (any Channel) -> Void
    private var reading: Scheduled<Void>?
    private var opening: Scheduled<Void>?

    /// - Parameters:
    ///   - mayCome: whether one more of this source may be let in, which counts it.
    ///   - drop: is told of a connection that is closed instead of being let in.
    init(
        _ rates: Rates, on eventLoop: any EventLoop, mayCome: @escaping (_ source: String) -> Bool,
        drop: @escaping (any Channel) -> Void
    ) {
        let now = LoopClock.now()
        taking = Allowance(rates.taking, now: now)
        lettingIn = Allowance(rates.lettingIn, now: now)
        queue = DoorQueue(placesMax: rates.placesMax)
        self.eventLoop = eventLoop
        self.mayCome = mayCome
        self.drop = drop
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = unwrapInboundIn(data)
        _ = taking.spend(LoopClock.now())
        let source = SourceAddress.key(of: channel.remoteAddress)
        guard mayCome(source) else { return close(channel) }
        if let leaving = queue.enter(channel, from: source) { close(leaving) }
        letIn(context)
    }

    func read(context: ChannelHandlerContext) {
        guard reading == nil else { return }
        let wait = taking.wait(LoopClock.now())
        guard wait > .zero else { return context.read() }
        reading = eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) { [self] in
            reading = nil
            context.read()
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        reading?.cancel()
        opening?.cancel()
        while let channel = queue.next() { channel.close(promise: nil) }
    }

    private func letIn(_ context: ChannelHandlerContext) {
        guard opening == nil else { return }
        while !queue.isEmpty {
            let wait = lettingIn.wait(LoopClock.now())
            guard wait > .zero else {
                letNextIn(context)
                continue
            }
            opening = eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) { [self] in
                opening = nil
                letNextIn(context)
                letIn(context)
            }
            return
        }
    }

    private func letNextIn(_ context: ChannelHandlerContext) {
        _ = lettingIn.spend(LoopClock.now())
        if let channel = queue.next() { context.fireChannelRead(wrapInboundOut(channel)) }
    }

    private func close(_ channel: any Channel) {
        drop(channel)
        channel.close(promise: nil)
    }
}
