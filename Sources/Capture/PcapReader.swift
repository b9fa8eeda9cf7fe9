/// Takes the packets from a pcap file, which tcpdump writes: a header of 24 bytes, and one of 16 in front of each packet.
struct PcapReader {
    private let bytes: [UInt8]
    private let order: ByteOrder
    private let linkType: UInt16
    /// Fractions of a second are counted in nanoseconds instead of microseconds.
    private let isNano: Bool
    private var place = 24

    /// - Returns: `nil` for bytes that do not begin with a pcap file's number.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 24 else { return nil }
        let marks: [(ByteOrder, UInt32, Bool)] = [
            (.little, 0xA1B2_C3D4, false), (.big, 0xA1B2_C3D4, false), (.little, 0xA1B2_3C4D, true),
            (.big, 0xA1B2_3C4D, true),
        ]
        guard let mark = marks.first(where: { $0.0.read(UInt32.self, bytes[0...], 0) == $0.1 }) else { return nil }
        self.bytes = bytes
        order = mark.0
        isNano = mark.2
        linkType = UInt16(truncatingIfNeeded: order.read(UInt32.self, bytes[0...], 20))
    }

    /// - Returns: the next packet; `nil` at the end, and where a packet breaks off.
    mutating func next() -> CapturedPacket? {
        let rest = bytes[min(place, bytes.count)...]
        guard rest.count >= 16 else { return nil }
        let captured = Int(order.read(UInt32.self, rest, 8))
        guard captured <= rest.count - 16 else { return nil }
        let fraction = UInt64(order.read(UInt32.self, rest, 4))
        place += 16 + captured
        return CapturedPacket(
            time: UInt64(order.read(UInt32.self, rest, 0)) * 1_000_000 + (isNano ? fraction / 1_000 : fraction),
            linkType: linkType, order: order, bytes: rest.dropFirst(16).prefix(captured))
    }
}
