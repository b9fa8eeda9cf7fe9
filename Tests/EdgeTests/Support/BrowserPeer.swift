import NIOCore
import NIOPosix
import NIOSSL
import Transport
import Wire

/// A browser's side of a WebSocket over TLS, byte by byte: what a test sends is what the edge gets. One task uses it.
final class BrowserPeer {
    /// A WebSocket frame's meaning (RFC 6455, section 5.2).
    enum Opcode: UInt8 {
        case continuation, text, binary
        case close = 8
        case ping, pong
    }

    static let origin = "https://kassa.storgata.example"

    private let channel: any Channel
    private var chunks: AsyncStream<[UInt8]>.Iterator
    private var received: [UInt8] = []
    private var reader = FrameReader(limits: .afterHello)
    private var frames: [Frame] = []

    private init(_ channel: any Channel, _ chunks: AsyncStream<[UInt8]>) {
        self.channel = channel
        self.chunks = chunks.makeAsyncIterator()
    }

    /// Connects, and trusts the store's authority alone.
    static func connect(to address: EdgeAddress, authority: [UInt8]) async throws -> BrowserPeer {
        guard case .tls(let host, let port) = address else { throw RigError(description: "\(address) has no TLS.") }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates([try NIOSSLCertificate(bytes: authority, format: .der)])
        configuration.applicationProtocols = ["http/1.1"]
        let context = try NIOSSLContext(configuration: configuration)
        let (chunks, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOSSLClientHandler(context: context, serverHostname: "localhost"), ByteCollector(continuation),
                    ])
                }
            }
            .connect(host: host, port: port).get()
        return BrowserPeer(channel, chunks)
    }

    /// Asks for the WebSocket.
    /// - Parameter upgrade: what is asked for; `nil` for an ordinary request.
    /// - Returns: the answer, its body included.
    func ask(
        path: String = "/v1", origin: String? = BrowserPeer.origin, upgrade: String? = "websocket"
    ) async throws -> String {
        var lines = ["GET \(path) HTTP/1.1", "Host: localhost"]
        if let origin { lines.append("Origin: \(origin)") }
        if let upgrade {
            lines += ["Connection: Upgrade", "Upgrade: \(upgrade)", "Sec-WebSocket-Version: 13"]
            lines.append("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")
        }
        try await send(bytes: Array((lines + ["", ""]).joined(separator: "\r\n").utf8))
        var answer = ""
        while !answer.hasSuffix("\r\n\r\n"), let byte = await take(1)?.first { answer.append(Character(.init(byte))) }
        guard !answer.hasPrefix("HTTP/1.1 101 ") else { return answer }
        while let byte = await take(1)?.first { answer.append(Character(.init(byte))) }
        return answer
    }

    func send(bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// Sends a WebSocket frame of up to 65,535 bytes.
    func send(_ opcode: Opcode, _ payload: [UInt8], isLast: Bool = true, isMasked: Bool = true) async throws {
        try await send(bytes: Self.packed(opcode, payload, isLast: isLast, isMasked: isMasked))
    }

    static func packed(
        _ opcode: Opcode, _ payload: [UInt8], isLast: Bool = true, isMasked: Bool = true
    ) -> [UInt8] {
        let (mask, maskBit): ([UInt8], UInt8) = isMasked ? ([1, 2, 3, 4], 0x80) : ([0, 0, 0, 0], 0)
        let count = payload.count
        var bytes = [(isLast ? 0x80 : 0) | opcode.rawValue]
        bytes += count < 126 ? [maskBit | UInt8(count)] : [maskBit | 126, UInt8(count >> 8), UInt8(count & 0xff)]
        if isMasked { bytes += mask }
        return bytes + payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    /// Sends one of the protocol's frames, each of its bytes a message when `isScattered`.
    func send(_ kind: Frame.Kind, on stream: UInt32 = 0, isScattered: Bool = false) async throws {
        let bytes = PackedFrame(Frame(stream: stream, kind: kind)).bytes
        guard isScattered else { return try await send(.binary, bytes) }
        try await send(bytes: bytes.flatMap { Self.packed(.binary, [$0]) })
    }

    /// The next frame of the protocol; `nil` when the edge has ended the connection. Pings are answered.
    func next() async throws -> Frame? {
        while frames.isEmpty {
            guard let (opcode, payload) = await nextMessage(), opcode != .close else { return nil }
            guard opcode == .binary else { continue }
            try payload.withUnsafeBytes { bytes in
                var rest = bytes
                while let frame = try reader.next(from: &rest) { frames.append(frame) }
            }
            if case .ping(let ping)? = frames.first?.kind {
                frames.removeFirst()
                try await send(.pong(Pong(token: ping.token)))
            }
        }
        return frames.removeFirst()
    }

    /// The next WebSocket frame of the edge, which masks none; `nil` when the edge has closed the socket.
    func nextMessage() async -> (Opcode, [UInt8])? {
        guard let head = await take(2), let opcode = Opcode(rawValue: head[0] & 0x0f) else { return nil }
        var count = Int(head[1])
        if count == 126 {
            guard let more = await take(2) else { return nil }
            count = Int(more[0]) << 8 | Int(more[1])
        }
        guard let payload = await take(count) else { return nil }
        return (opcode, payload)
    }

    func close() async throws {
        try await channel.close().get()
    }

    private func take(_ count: Int) async -> [UInt8]? {
        while received.count < count {
            guard let chunk = await chunks.next() else { return nil }
            received += chunk
        }
        defer { received.removeFirst(count) }
        return Array(received.prefix(count))
    }
}

private final class ByteCollector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let chunks: AsyncStream<[UInt8]>.Continuation

    init(_ chunks: AsyncStream<[UInt8]>.Continuation) {
        self.chunks = chunks
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        chunks.yield(Array(unwrapInboundIn(data).readableBytesView))
    }

    func channelInactive(context: ChannelHandlerContext) {
        chunks.finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
