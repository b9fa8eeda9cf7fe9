/// Writes protobuf by its encoding guide and by nothing else, so that the tests do not ask protobuf-c about itself.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func tag(_ number: UInt64, _ type: UInt64) {
        varint(number << 3 | type)
    }

    mutating func field(_ number: UInt64, _ value: UInt64) {
        tag(number, 0)
        varint(value)
    }

    mutating func field(_ number: UInt64, _ value: [UInt8]) {
        tag(number, 2)
        varint(UInt64(value.count))
        bytes += value
    }

    mutating func field(_ number: UInt64, _ value: String) {
        field(number, Array(value.utf8))
    }

    static func zigzag(_ value: Int64) -> UInt64 {
        UInt64(bitPattern: (value << 1) ^ (value >> 63))
    }
}
