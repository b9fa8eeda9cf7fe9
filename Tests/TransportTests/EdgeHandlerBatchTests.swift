import NIOCore
import NIOEmbedded
import Synchronization
import Testing
import Wire

@testable import Transport

/// On a channel without a socket, where a test says when the socket takes more.
@Suite("The edge's reads, writes and closing")
struct EdgeHandlerBatchTests {
    /// A turn that ends by its frames alone, however busy the machine is.
    private static var patient: TransportLimits {
        var limits = TransportLimits()
        limits.turnTimeMax = .seconds(3_600)
        return limits
    }

    private static func channel(
        closings: ClosingNotes = ClosingNotes(), sinks: SinkNote = SinkNote(),
        limits: TransportLimits = patient,
        turns: LoopTurns = LoopTurns(), loop: EmbeddedEventLoop = EmbeddedEventLoop()
    ) throws -> EmbeddedChannel {
        var router = CallRouter()
        router.unary("test/Echo") { (request: EnterRequest, _) throws(Status) -> EnterRequest in request }
        router.stream("test/Watch") { (_: EnterRequest, sink: StreamSink<EnterRequest>) throws(Status) in
            sinks.last.withLock { $0 = sink }
        }
        let surroundings = EdgeHandler.Surroundings(
            router: router, connections: OpenConnections(TransportLimits()),
            greeting: ServerGreeting(edge: "countertop/test", store: "Storgata"),
            limits: limits, turns: turns, observer: { _ in })
        let channel = EmbeddedChannel(loop: loop)
        let handler = EdgeHandler(
            surroundings, ConnectionInfo(id: 1, peer: "test"), refusal: nil,
            done: channel.eventLoop.makePromise(of: Void.self), on: channel)
        try channel.pipeline.syncOperations.addHandlers([closings, handler])
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/test")).wait()
        try channel.writeInbound(
            ByteBuffer(bytes: PackedFrame(Frame(kind: .hello(Hello(versionMin: 1, versionMax: 1)))).bytes))
        _ = try channel.readOutbound(as: ByteBuffer.self)
        return channel
    }

    private static func requests(_ streams: [UInt32], call: String = "test/Echo") -> ByteBuffer {
        ByteBuffer(
            bytes: streams.flatMap { stream in
                let body = EnterRequest(lane: "\(stream)").packed()
                return PackedFrame(Frame(stream: stream, kind: .request(Request(call: call, body: body)))).bytes
            })
    }

    private static func streams(in bytes: ByteBuffer?) -> [UInt32] {
        var reader = FrameReader(limits: .afterHello)
        var streams: [UInt32] = []
        bytes?.withUnsafeReadableBytes { all in
            var chunk = all
            while let frame = try? reader.next(from: &chunk) { streams.append(frame.stream) }
        }
        return streams
    }

    @Test("answers all that one read brings with one write")
    func oneWrite() throws {
        let channel = try Self.channel()
        try channel.writeInbound(Self.requests([1, 3, 5]))
        #expect(Self.streams(in: try channel.readOutbound()) == [1, 3, 5])
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        _ = try channel.finish()
    }

    @Test("deals with a slice of one connection's frames, then with another's, while both have some")
    func slices() throws {
        let (loop, turns) = (EmbeddedEventLoop(), LoopTurns())
        var limits = TransportLimits()
        limits.sharedTurnFramesMax = 2
        limits.turnTimeMax = .seconds(3_600)
        limits.turnMemory = .seconds(3_600)
        let greedy = try Self.channel(limits: limits, turns: turns, loop: loop)
        let modest = try Self.channel(limits: limits, turns: turns, loop: loop)
        try greedy.writeInbound(Self.requests([1, 3, 5, 7, 9]))
        #expect(Self.streams(in: try greedy.readOutbound()) == [1, 3])
        try modest.writeInbound(Self.requests([1]))
        #expect(Self.streams(in: try modest.readOutbound()) == [1])
        #expect(try greedy.readOutbound(as: ByteBuffer.self) == nil)
        for expected: [UInt32] in [[5, 7], [9]] {
            loop.advanceTime(by: TimeAmount(limits.turnPause))
            #expect(Self.streams(in: try greedy.readOutbound()) == expected)
        }
        _ = try greedy.finish()
        _ = try modest.finish()
    }

    @Test("ends a turn when its time is over, and goes on in the next")
    func turnTime() throws {
        var limits = TransportLimits()
        limits.turnTimeMax = .zero
        let channel = try Self.channel(limits: limits)
        try channel.writeInbound(Self.requests([1, 3]))
        #expect(Self.streams(in: try channel.readOutbound()) == [1])
        channel.embeddedEventLoop.advanceTime(by: TimeAmount(limits.turnPause))
        #expect(Self.streams(in: try channel.readOutbound()) == [3])
        _ = try channel.finish()
    }

    @Test("deals at once with all frames of a connection that is alone")
    func alone() throws {
        var limits = TransportLimits()
        limits.turnTimeMax = .seconds(3_600)
        let channel = try Self.channel(limits: limits)
        let streams = (0..<64).map { UInt32(2 * $0 + 1) }
        try channel.writeInbound(Self.requests(streams))
        #expect(Self.streams(in: try channel.readOutbound()) == streams)
        _ = try channel.finish()
    }

    @Test("reads nothing more while frames wait for their turn")
    func readHeld() throws {
        var limits = TransportLimits()
        limits.turnFramesMax = 2
        limits.turnTimeMax = .seconds(3_600)
        let reads = ReadNotes()
        let channel = try Self.channel(limits: limits)
        try channel.pipeline.syncOperations.addHandler(reads, position: .first)
        try channel.writeInbound(Self.requests([1, 3, 5]))
        channel.read()
        #expect(reads.count == 0)
        channel.embeddedEventLoop.advanceTime(by: TimeAmount(limits.turnPause))
        #expect(reads.count == 1)
        _ = try channel.finish()
    }

    @Test("hands a stream's messages over at the end of the turn, and at once when the handler says so")
    func flushed() throws {
        let sinks = SinkNote()
        let channel = try Self.channel(sinks: sinks)
        try channel.writeInbound(Self.requests([1], call: "test/Watch"))
        let sink = try #require(sinks.last.withLock { $0 })
        sink.send(EnterRequest(lane: "1"))
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        sink.flush()
        #expect(Self.streams(in: try channel.readOutbound()) == [1])
        sink.send(EnterRequest(lane: "2"))
        channel.embeddedEventLoop.run()
        #expect(Self.streams(in: try channel.readOutbound()) == [1])
        _ = try channel.finish()
    }

    @Test("answers nothing while the socket takes no more, and then all of it in order")
    func notWritable() throws {
        let channel = try Self.channel()
        channel.isWritable = false
        channel.pipeline.fireChannelWritabilityChanged()
        try channel.writeInbound(Self.requests([1, 3]))
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        channel.isWritable = true
        channel.pipeline.fireChannelWritabilityChanged()
        // Before the turn of the event loop in which the handler goes on, more comes in.
        try channel.writeInbound(Self.requests([5]))
        channel.embeddedEventLoop.run()
        #expect(Self.streams(in: try channel.readOutbound()) == [1, 3, 5])
        _ = try channel.finish()
    }

    @Test("keeps no more than it may of what comes in while the socket takes no more")
    func unreadLimit() throws {
        let channel = try Self.channel()
        channel.isWritable = false
        channel.pipeline.fireChannelWritabilityChanged()
        let limit = TransportLimits().unreadBytesMax
        try channel.writeInbound(ByteBuffer(repeating: 0, count: limit))
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        try channel.writeInbound(ByteBuffer(repeating: 0, count: 1))
        #expect(Self.streams(in: try channel.readOutbound()) == [0, 0])
        _ = try? channel.finish()
    }

    @Test("closes its own half first, so that a peer that still sends can read why, and the rest when time is up")
    func halfClosed() throws {
        let closings = ClosingNotes()
        let channel = try Self.channel(closings: closings)
        try channel.writeInbound(ByteBuffer(bytes: [0xFF, 0xFF, 0xFF, 0xFF]))
        #expect(Self.streams(in: try channel.readOutbound()) == [0, 0])
        #expect(closings.halves == ["output"])
        try channel.writeInbound(ByteBuffer(repeating: 0xFF, count: 1_000))
        channel.embeddedEventLoop.advanceTime(by: TimeAmount(TransportLimits().closeWait))
        #expect(closings.halves == ["output", "all"])
    }
}

/// Keeps the sink of the last watch.
private final class SinkNote: Sendable {
    let last = Mutex<StreamSink<EnterRequest>?>(nil)
}

/// Counts the reads that reach the socket.
private final class ReadNotes: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private(set) var count = 0

    func read(context: ChannelHandlerContext) {
        count += 1
        context.read()
    }
}

/// Notes what is closed, and lets nothing but the last of it through.
private final class ClosingNotes: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private(set) var halves: [String] = []

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        halves.append("\(mode)")
        if case .all = mode { context.close(mode: mode, promise: promise) } else { promise?.succeed() }
    }
}
