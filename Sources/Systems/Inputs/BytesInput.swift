/// Bytes that are in memory already.
final class BytesInput: ByteInput {
    private let bytes: [UInt8]
    private let piece: Int
    private(set) var bytesRead: UInt64 = 0

    /// - Parameter piece: how many bytes come at a time.
    init(_ bytes: [UInt8], piece: Int = SystemsLimits.chunkBytes) {
        self.bytes = bytes
        self.piece = max(1, piece)
    }

    var bytesTotal: UInt64? { UInt64(bytes.count) }

    func read() -> [UInt8] {
        let start = Int(bytesRead)
        let next = bytes[start..<min(start + piece, bytes.count)]
        bytesRead += UInt64(next.count)
        return Array(next)
    }
}
