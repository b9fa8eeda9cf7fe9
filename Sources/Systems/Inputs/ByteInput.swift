/// Bytes that come one piece after another. It belongs to one thread at a time.
protocol ByteInput: AnyObject {
    /// How many bytes of the file or answer itself were read, packed as they are.
    var bytesRead: UInt64 { get }
    /// How many there are, where that is known.
    var bytesTotal: UInt64? { get }

    /// The next bytes, at most a few times ``SystemsLimits/chunkBytes``; none at the end.
    func read() throws(SystemsError) -> [UInt8]

    /// Leaves out as many bytes as `read` would give.
    /// - Returns: the bytes behind them that were read already.
    func skip(_ count: UInt64) throws(SystemsError) -> [UInt8]
}

extension ByteInput {
    func skip(_ count: UInt64) throws(SystemsError) -> [UInt8] { try skipByReading(count) }

    func skipByReading(_ count: UInt64) throws(SystemsError) -> [UInt8] {
        var left = count
        while true {
            let bytes = try read()
            guard !bytes.isEmpty else { return [] }
            if UInt64(bytes.count) > left { return Array(bytes[Int(left)...]) }
            left -= UInt64(bytes.count)
            if left == 0 { return [] }
        }
    }
}
