extension WireCursor {
    /// What is left.
    var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: position, count: end - position) }

    /// Four bytes, the lowest first.
    mutating func fixed32() throws(WireError) -> UInt32 {
        let bytes = rest
        try skip(.fixed32)
        return UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
    }

    /// Eight bytes, the lowest first.
    mutating func fixed64() throws(WireError) -> UInt64 {
        let bytes = rest
        try skip(.fixed64)
        return UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    }
}
