import NIOCore
import Wire

/// Frames on their way to a socket, gathered so that many of them take one system call.
struct OutboundBatch {
    private var bytes: ByteBuffer
    private var isTaken = false

    init(_ allocator: ByteBufferAllocator) {
        bytes = allocator.buffer(capacity: Self.capacityKept)
    }

    var byteCount: Int { isTaken ? 0 : bytes.readableBytes }

    mutating func append(_ frame: PackedFrame) {
        if isTaken {
            // By now the socket has mostly written what was taken, and its memory can be used again.
            bytes.clear()
            isTaken = false
        }
        bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: frame.byteCount) { frame.write(into: $0) }
    }

    /// What was gathered; `nil` when nothing was.
    mutating func take() -> ByteBuffer? {
        guard byteCount > 0 else { return nil }
        let taken = bytes
        isTaken = true
        if bytes.capacity > Self.capacityKeptMax { bytes = ByteBuffer() }
        return taken
    }

    private static let capacityKept = 1 << 10
    private static let capacityKeptMax = 32 << 10
}
