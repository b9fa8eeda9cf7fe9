import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing
import Wire

@testable import Transport

@Suite struct WebSocketFramingTests {
    @Test("So many pings are answered, and one more ends the connection with a word")
    func pings() throws {
        var limits = TransportLimits()
        limits.webSocketPings = Allowance.Rate(burst: 2, every: .seconds(600))
        let channel = EmbeddedChannel(handler: WebSocketFraming(limits))
        for _ in 0..<4 {
            let ping = WebSocketFrame(fin: true, opcode: .ping, maskKey: [1, 2, 3, 4], data: ByteBuffer())
            channel.pipeline.fireChannelRead(ping)
        }
        var answers: [WebSocketOpcode] = []
        while let frame = try channel.readOutbound(as: WebSocketFrame.self) { answers.append(frame.opcode) }
        #expect(answers == [.pong, .pong, .connectionClose])
    }

    @Test(
        "So many frames that carry nothing pass, and one more ends the connection with a word",
        arguments: [WebSocketOpcode.pong, .binary, .continuation])
    func empties(opcode: WebSocketOpcode) throws {
        var limits = TransportLimits()
        limits.webSocketEmpties = Allowance.Rate(burst: 2, every: .seconds(600))
        let channel = EmbeddedChannel(handler: WebSocketFraming(limits))
        let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: [1, 2, 3, 4], data: ByteBuffer())
        for _ in 0..<2 { channel.pipeline.fireChannelRead(frame) }
        #expect(try channel.readOutbound(as: WebSocketFrame.self) == nil)
        for _ in 0..<2 { channel.pipeline.fireChannelRead(frame) }
        var close = try #require(try channel.readOutbound(as: WebSocketFrame.self))
        #expect(close.opcode == .connectionClose && close.data.readWebSocketErrorCode() == .policyViolation)
        #expect(try channel.readOutbound(as: WebSocketFrame.self) == nil)
        #expect(try channel.readInbound(as: ByteBuffer.self) == nil, "what carries nothing goes no further")
    }

    @Test("Frames that carry something are handed on, however many they are")
    func full() throws {
        var limits = TransportLimits()
        limits.webSocketEmpties = Allowance.Rate(burst: 1, every: .seconds(600))
        let channel = EmbeddedChannel(handler: WebSocketFraming(limits))
        for byte in UInt8(0)..<100 {
            channel.pipeline.fireChannelRead(
                WebSocketFrame(
                    fin: true, opcode: .binary, maskKey: [0, 0, 0, 0], data: ByteBuffer(bytes: [byte])))
        }
        for byte in UInt8(0)..<100 {
            #expect(try channel.readInbound(as: ByteBuffer.self) == ByteBuffer(bytes: [byte]))
        }
        #expect(try channel.readOutbound(as: WebSocketFrame.self) == nil)
    }
}
