/// Cuts the bytes of a socket into frames, without looking into them.
struct LeanFrames: ~Copyable {
    private let memory: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0

    /// - Parameter capacity: in bytes; no frame may be longer than half of it.
    init(capacity: Int = 1 << 18) {
        memory = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit {
        memory.deallocate()
    }

    /// Waits for more bytes.
    mutating func fill(from socket: LeanSocket) throws {
        if start == end {
            (start, end) = (0, 0)
        } else if end > memory.count / 2 {
            memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[start..<end]))
            (start, end) = (0, end - start)
        }
        end += try socket.receive(into: UnsafeMutableRawBufferPointer(rebasing: memory[end...]))
    }

    /// The next frame without its length; it is gone with the next ``fill(from:)``.
    mutating func next() -> UnsafeRawBufferPointer? {
        guard end - start >= 4 else { return nil }
        let length = Int(UInt32(bigEndian: memory.loadUnaligned(fromByteOffset: start, as: UInt32.self)))
        guard end - start >= 4 + length else { return nil }
        defer { start += 4 + length }
        return UnsafeRawBufferPointer(rebasing: memory[start + 4..<start + 4 + length])
    }

    /// Waits for one frame.
    mutating func wait(on socket: LeanSocket) throws -> UnsafeRawBufferPointer {
        while true {
            if let frame = next() { return frame }
            try fill(from: socket)
        }
    }
}
