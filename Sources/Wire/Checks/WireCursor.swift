/// A place in a message's bytes, and where they end. It never reads past the end.
struct WireCursor {
    private(set) var position: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>

    /// `nil` for an empty buffer, which may have no address.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return nil }
        position = base.assumingMemoryBound(to: UInt8.self)
        end = position + bytes.count
    }

    @inline(__always)
    private init(_ position: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
        self.position = position
        self.end = end
    }

    @inline(__always)
    var isAtEnd: Bool { position == end }

    /// A field's number and wire type.
    @inline(__always)
    mutating func tag() throws(WireError) -> (number: UInt32, type: WireType) {
        let start = position
        let tag = try varint()
        guard tag <= UInt32.max, position - start <= 5 else {
            throw WireError(.varintTooLong, "A field's tag is longer than 5 bytes or 32 bits.")
        }
        guard tag >> 3 != 0 else { throw WireError(.fieldNumberInvalid, "A field has the number 0.") }
        guard let type = WireType(rawValue: UInt32(tag & 7)) else {
            throw WireError(.wireTypeInvalid, "Field \(tag >> 3) is a group, or of a wire type that does not exist.")
        }
        return (UInt32(tag >> 3), type)
    }

    /// A number of up to 64 bits, 7 bits a byte, the lowest first.
    @inline(__always)
    mutating func varint() throws(WireError) -> UInt64 {
        guard position != end else { throw Self.truncated }
        let first = position.pointee
        guard first >= 0x80 else {
            position += 1
            return UInt64(first)
        }
        return try longVarint()
    }

    private mutating func longVarint() throws(WireError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            guard position != end else { throw Self.truncated }
            let byte = position.pointee
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            guard byte >= 0x80 else {
                guard shift < 63 || byte <= 1 else { break }
                return value
            }
        }
        throw WireError(.varintTooLong, "A number is longer than 10 bytes or 64 bits.")
    }

    /// The bytes of a string, bytes or message field.
    @inline(__always)
    mutating func lengthDelimited() throws(WireError) -> WireCursor {
        let head = position
        let length = try varint()
        // As protobuf-c and Google's protobuf have it, which read no more of a length.
        guard position - head <= 5 else { throw WireError(.varintTooLong, "A length is longer than 5 bytes.") }
        guard length <= UInt64(end - position) else { throw Self.truncated }
        let start = position
        position += Int(length)
        return WireCursor(start, position)
    }

    /// Goes past one value.
    @inline(__always)
    mutating func skip(_ type: WireType) throws(WireError) {
        switch type {
        case .varint: _ = try varint()
        case .lengthDelimited: _ = try lengthDelimited()
        case .fixed32: try skip(bytes: 4)
        case .fixed64: try skip(bytes: 8)
        }
    }

    /// Goes on by bytes that are known to be there.
    @inline(__always)
    mutating func advance(_ count: Int) {
        position += count
    }

    private mutating func skip(bytes count: Int) throws(WireError) {
        guard end - position >= count else { throw Self.truncated }
        position += count
    }

    /// How many numbers of a wire type fill these bytes.
    consuming func countPacked(_ type: WireType) throws(WireError) -> Int {
        var count = 0
        while !isAtEnd {
            try skip(type)
            count += 1
        }
        return count
    }

    private static var truncated: WireError {
        WireError(.truncated, "The message ends within a field.")
    }
}
