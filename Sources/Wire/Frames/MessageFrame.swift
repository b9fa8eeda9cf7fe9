/// The bytes of a Frame around the body of its Message, in protobuf's encoding (https://protobuf.dev/programming-guides/encoding):
/// the Frame is written around a body that is packed in its place. The tests hold it to what protobuf-c packs.
struct MessageFrame {
    /// `Frame.message`: field 5, length-delimited.
    private static let messageTag: UInt8 = 5 << 3 | 2
    /// `Message.body`: field 1, length-delimited.
    private static let bodyTag: UInt8 = 1 << 3 | 2
    /// `Message.last`: field 2, a varint.
    private static let lastTag: UInt8 = 2 << 3

    private let bodyByteCount: Int
    private let messageByteCount: Int
    private let isLast: Bool

    init(bodyByteCount: Int, isLast: Bool) {
        self.bodyByteCount = bodyByteCount
        self.isLast = isLast
        // A field at its default has no bytes.
        let body = bodyByteCount == 0 ? 0 : 1 + Self.varintByteCount(bodyByteCount) + bodyByteCount
        messageByteCount = body + (isLast ? 2 : 0)
    }

    /// What the whole Frame takes, on stream 0.
    var byteCount: Int { 1 + Self.varintByteCount(messageByteCount) + messageByteCount }

    /// Writes all but the body.
    /// - Parameter memory: ``byteCount`` bytes at least.
    /// - Returns: where the body belongs.
    func write(around memory: UnsafeMutableRawBufferPointer) -> UnsafeMutablePointer<UInt8>? {
        var place = 0
        memory[place] = Self.messageTag
        place = Self.write(varint: messageByteCount, to: memory, at: place + 1)
        if bodyByteCount > 0 {
            memory[place] = Self.bodyTag
            place = Self.write(varint: bodyByteCount, to: memory, at: place + 1)
        }
        if isLast {
            memory[place + bodyByteCount] = Self.lastTag
            memory[place + bodyByteCount + 1] = 1
        }
        return memory.baseAddress.map { ($0 + place).assumingMemoryBound(to: UInt8.self) }
    }

    private static func write(varint value: Int, to memory: UnsafeMutableRawBufferPointer, at start: Int) -> Int {
        var (rest, place) = (value, start)
        while rest >= 0x80 {
            memory[place] = UInt8(truncatingIfNeeded: rest) | 0x80
            rest >>= 7
            place += 1
        }
        memory[place] = UInt8(truncatingIfNeeded: rest)
        return place + 1
    }

    private static func varintByteCount(_ value: Int) -> Int {
        max(1, (Int.bitWidth - value.leadingZeroBitCount + 6) / 7)
    }
}
