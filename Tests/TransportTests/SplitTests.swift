import Foundation
import NIOCore
import NIOEmbedded
import Testing
import Wire

@testable import Transport

/// What comes from a socket comes in pieces, and where it is cut means nothing: through all that stands between a socket and
/// the calls.
@Suite struct SplitTests {
    /// Inputs up to this long are cut at every byte; of longer ones the ends, and every so manyth byte between.
    private static let everyByteMax = 256
    private static let pausesMax = 64
    private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fuzz/Corpus")

    @Test("Each case of the frames' corpus is answered the same, whichever byte it is cut at")
    func frames() throws {
        for (name, input) in try Self.cases("WireFrames") {
            try Self.holds(Array(input.dropFirst()), name)
        }
    }

    @Test("Each case of the messages' corpus, as a call's request, is answered the same, whichever byte it is cut at")
    func messages() throws {
        let hello = PackedFrame(Frame(kind: .hello(Hello(versionMin: 1, versionMax: 1)))).bytes
        for (name, input) in try Self.cases("WireMessages") {
            let request = Request(call: "test/Echo", body: Array(input.dropFirst()))
            try Self.holds(hello + PackedFrame(Frame(stream: 1, kind: .request(request))).bytes, name)
        }
    }

    private static func cases(_ target: String) throws -> [(name: String, input: [UInt8])] {
        let folder = corpus.appendingPathComponent(target)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names.count > 20)
        return try names.map { ($0, [UInt8](try Data(contentsOf: folder.appendingPathComponent($0)))) }
    }

    private static func holds(_ bytes: [UInt8], _ name: String) throws {
        let whole = try answer(to: [bytes[...]])
        #expect(try answer(to: bytes.indices.map { bytes[$0...$0] }) == whole, "\(name), each byte by itself")
        let step = bytes.count / everyByteMax + 1
        let ends = Array(bytes.indices.prefix(16)) + Array(bytes.indices.suffix(16))
        for place in Set(ends + Array(stride(from: 0, to: bytes.count, by: step * step))).sorted() {
            let halves = try answer(to: [bytes[..<place], bytes[place...]])
            guard halves == whole else {
                Issue.record("\(name), cut at byte \(place)")
                return
            }
        }
    }

    private struct Answer: Equatable {
        var bytes: [UInt8]
        var isOpen: Bool
    }

    /// All that an edge says to these pieces, and whether it then still listens.
    private static func answer(to pieces: [ArraySlice<UInt8>]) throws -> Answer {
        var router = CallRouter()
        router.unary("test/Echo") { (request: EnterRequest, _) throws(Status) -> EnterRequest in request }
        let surroundings = EdgeHandler.Surroundings(
            router: router, connections: OpenConnections(TransportLimits()),
            greeting: ServerGreeting(edge: "countertop/test", store: "Storgata"), limits: TransportLimits(),
            turns: LoopTurns(), observer: { _ in })
        let channel = EmbeddedChannel()
        let handler = EdgeHandler(
            surroundings, ConnectionInfo(id: 1, peer: "test"), refusal: nil,
            done: channel.eventLoop.makePromise(of: Void.self), on: channel)
        try channel.pipeline.syncOperations.addHandler(handler)
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/test")).wait()
        for piece in pieces where channel.isActive { try channel.writeInbound(ByteBuffer(bytes: piece)) }
        // A connection with many frames is dealt with in slices, with pauses between them.
        for _ in 0..<pausesMax { channel.embeddedEventLoop.advanceTime(by: TimeAmount(TransportLimits().turnPause)) }
        var answer = Answer(bytes: [], isOpen: channel.isActive)
        while let chunk = try channel.readOutbound(as: ByteBuffer.self) { answer.bytes += chunk.readableBytesView }
        _ = try? channel.finish(acceptAlreadyClosed: true)
        return answer
    }
}
