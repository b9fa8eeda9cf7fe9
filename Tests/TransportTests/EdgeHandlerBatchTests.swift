import NIOCore
import NIOEmbedded
import Synchronization
import Testing
import Wire

@testable import Transport

/// On a channel without a socket, where a test says when the socket takes more.
@Suite("The edge's reads, writes and closing")
struct EdgeHandlerBatchTests {
    private static func channel(
        closings: ClosingNotes = ClosingNotes(), sinks: SinkNote = SinkNote()
    ) throws -> EmbeddedChannel {
        var router = CallRouter()
        router.unary("test/Echo") { (request: EnterRequest, _) throws(Status) -> EnterRequest in request }
        router.stream("test/Watch") { (_: EnterRequest, sink: StreamSink<EnterRequest>) throws(Status) in
            sinks.last.withLock { $0 = sink }
        }
        let surroundings = EdgeHandler.Surroundings(
            router: router, connections: OpenConnections(TransportLimits()),
            greeting: ServerGreeting(edge: "countertop/test", store: "Storgata"),
            limits: TransportLimits(), observer: { _ in })
        let channel = EmbeddedChannel()
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

/// Notes what is closed, and lets nothing but the last of it through.
private final class ClosingNotes: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private(set) var halves: [String] = []

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        halves.append("\(mode)")
        if case .all = mode { context.close(mode: mode, promise: promise) } else { promise?.succeed() }
    }
}
