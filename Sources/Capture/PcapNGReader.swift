/// Takes the packets from a pcapng file (IETF draft-ietf-opsawg-pcapng): any number of sections, in either byte order.
/// Blocks of other kinds are passed over. A last block that breaks off ends the file: a capture is often cut short.
struct PcapNGReader {
    private struct Interface {
        let linkType: UInt16
        /// Ticks of a second.
        var ticks: UInt64 = 1_000_000
    }

    private static let sectionHeader: UInt32 = 0x0A0D_0D0A
    private let bytes: [UInt8]
    private var place = 0
    private var order = ByteOrder.little
    private var interfaces: [Interface] = []

    /// - Returns: `nil` for bytes that do not begin with a section's header.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 12, ByteOrder.little.read(UInt32.self, bytes[0...], 0) == Self.sectionHeader else {
            return nil
        }
        self.bytes = bytes
    }

    /// - Returns: the next packet; `nil` at the end.
    /// - Throws: ``CaptureError`` for a block whose length cannot be.
    mutating func next() throws(CaptureError) -> CapturedPacket? {
        while let (type, body) = try nextBlock() {
            switch type {
            case Self.sectionHeader: interfaces = []
            case 1: try addInterface(body)
            case 6: if let packet = enhancedPacket(body) { return packet }
            default: break
            }
        }
        return nil
    }

    private mutating func nextBlock() throws(CaptureError) -> (type: UInt32, body: ArraySlice<UInt8>)? {
        guard bytes.count - place >= 12 else { return nil }
        let rest = bytes[place...]
        let type = order.read(UInt32.self, rest, 0)
        // A section's header says in which order the numbers are, its own length included.
        if ByteOrder.little.read(UInt32.self, rest, 0) == Self.sectionHeader { try chooseOrder(rest) }
        let length = Int(order.read(UInt32.self, rest, 4))
        guard length >= 12, length.isMultiple(of: 4), length <= CaptureLimits.blockBytesMax else {
            throw CaptureError(
                .notACapture,
                "The block at byte \(place) says it is \(length) bytes long, which no block is. The file is broken.")
        }
        guard length <= rest.count else { return nil }
        defer { place += length }
        return (type, rest[(place + 8)..<(place + length - 4)])
    }

    private mutating func chooseOrder(_ rest: ArraySlice<UInt8>) throws(CaptureError) {
        guard let found = [ByteOrder.little, .big].first(where: { $0.read(UInt32.self, rest, 8) == 0x1A2B_3C4D }) else {
            throw CaptureError(.notACapture, "The section at byte \(place) has no byte-order mark. The file is broken.")
        }
        order = found
    }

    private mutating func addInterface(_ body: ArraySlice<UInt8>) throws(CaptureError) {
        guard body.count >= 8, interfaces.count < CaptureLimits.interfacesMax else {
            throw CaptureError(.notACapture, "The description of an interface is too short, or there are too many.")
        }
        var interface = Interface(linkType: order.read(UInt16.self, body, 0))
        var options = body.dropFirst(8)
        while options.count >= 4 {
            let code = order.read(UInt16.self, options, 0)
            let length = Int(order.read(UInt16.self, options, 2))
            guard code != 0, options.count >= 4 + length else { break }
            if code == 9, length >= 1 { interface.ticks = Self.ticks(options[options.startIndex + 4]) }
            options = options.dropFirst(4 + (length + 3) / 4 * 4)
        }
        interfaces.append(interface)
    }

    /// if_tsresol: the top bit chooses powers of two, else of ten.
    private static func ticks(_ resolution: UInt8) -> UInt64 {
        let exponent = Int(resolution & 0x7F)
        if resolution & 0x80 != 0 { return exponent < 63 ? 1 << UInt64(exponent) : 1 << 62 }
        return (0..<min(exponent, 18)).reduce(1) { power, _ in power * 10 }
    }

    private func enhancedPacket(_ body: ArraySlice<UInt8>) -> CapturedPacket? {
        guard body.count >= 20 else { return nil }
        let number = Int(order.read(UInt32.self, body, 0))
        let captured = Int(order.read(UInt32.self, body, 12))
        guard number < interfaces.count, captured <= body.count - 20 else { return nil }
        let ticks = UInt64(order.read(UInt32.self, body, 4)) << 32 | UInt64(order.read(UInt32.self, body, 8))
        let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: interfaces[number].ticks)
        let fraction = Double(rest) / Double(interfaces[number].ticks) * 1_000_000
        return CapturedPacket(
            time: seconds &* 1_000_000 &+ UInt64(fraction), linkType: interfaces[number].linkType, order: order,
            bytes: body.dropFirst(20).prefix(captured))
    }
}
