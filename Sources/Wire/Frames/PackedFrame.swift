/// A frame ready to be sent: all of it is packed but the stream's number. Copies share their bytes.
package struct PackedFrame: Sendable, Equatable {
    /// The stream it goes to; 0 is the connection itself.
    package let stream: UInt32
    /// The packed Frame of the same content on stream 0, which has no bytes for the stream's number.
    private let content: [UInt8]

    /// Packs a frame.
    package init(_ frame: Frame) {
        var content = frame
        content.stream = 0
        self.init(stream: frame.stream, content: content.packed())
    }

    init(stream: UInt32, content: [UInt8]) {
        self.stream = stream
        self.content = content
    }

    /// The length that stands before the frame, in bytes: what ``WireLimits/frameBytesMax`` bounds.
    package var frameByteCount: Int {
        content.count + (stream == 0 ? 0 : 1 + Self.varintByteCount(stream))
    }

    /// What the frame takes on the connection, its 4-byte length counted.
    package var byteCount: Int { 4 + frameByteCount }

    /// Writes length and frame to the beginning of `memory`.
    /// - Returns: ``byteCount``; when `memory` is shorter than that, nothing was written.
    @discardableResult
    package func write(into memory: UnsafeMutableRawBufferPointer) -> Int {
        guard memory.count >= byteCount else { return byteCount }
        memory.storeBytes(of: UInt32(frameByteCount).bigEndian, as: UInt32.self)
        var offset = 4
        if stream != 0 {
            memory[offset] = Self.streamTag
            offset += 1
            var rest = stream
            while rest >= 0x80 {
                memory[offset] = UInt8(rest & 0x7F) | 0x80
                rest >>= 7
                offset += 1
            }
            memory[offset] = UInt8(rest)
            offset += 1
        }
        content.withUnsafeBytes { memory[offset...].copyBytes(from: $0) }
        return byteCount
    }

    /// Length and frame.
    package var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { memory, count in
            count = write(into: UnsafeMutableRawBufferPointer(memory))
        }
    }

    /// Field 1, wire type 0: how a Frame begins when it has a stream.
    private static let streamTag: UInt8 = 1 << 3

    private static func varintByteCount(_ value: UInt32) -> Int {
        (38 - value.leadingZeroBitCount) / 7
    }
}
