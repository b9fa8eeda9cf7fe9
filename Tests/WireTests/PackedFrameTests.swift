import Testing

@testable import Wire

@Suite struct PackedFrameTests {
    @Test(
        "A packed frame is the length and the bytes protobuf-c packs for the whole frame",
        arguments: [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, 268_435_456, UInt32.max])
    func packsAsProtobufDoes(stream: UInt32) throws {
        let frame = Frame(stream: stream, kind: .message(Message(body: [1, 2, 3], last: true)))
        let packed = frame.packed()
        let bytes = PackedFrame(frame).bytes
        #expect(Array(bytes.dropFirst(4)) == packed)
        #expect(Array(bytes.prefix(4)) == [0, 0, 0, UInt8(packed.count)])
        #expect(PackedFrame(frame).byteCount == bytes.count)
    }

    @Test("Memory that is too short stays as it is")
    func leavesShortMemory() {
        let packed = PackedFrame(Frame(stream: 1, kind: .ping(Ping(token: 7))))
        var memory = [UInt8](repeating: 0xAA, count: packed.byteCount - 1)
        let count = memory.withUnsafeMutableBytes { packed.write(into: $0) }
        #expect(count == packed.byteCount)
        #expect(memory.allSatisfy { $0 == 0xAA })
    }
}
