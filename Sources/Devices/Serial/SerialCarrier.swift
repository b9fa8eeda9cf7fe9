import USB

/// What carries the bytes of a scanner's line over USB.
package enum SerialCarrier: String, Sendable, Hashable, CaseIterable {
    /// The standard's own (USB CDC PSTN 1.2, abstract control model).
    case cdc = "CDC serial"
    case ftdi = "FTDI bridge"
    case pl2303 = "PL2303 bridge"
    case cp210x = "CP210x bridge"
    case ch34x = "CH34x bridge"
    /// Symbol's simple COM-port emulation: HID reports with a count in front.
    case symbol = "simple COM-port emulation"
    /// Metrologic's serial mode with a channel in one direction, which is opened by a byte.
    case metrologicOneWay = "Metrologic serial, one way"
    case metrologic = "Metrologic serial"
    case opticon = "Opticon serial"
    /// Zebra's SNAPI: HID reports that are packets already.
    case snapi = "SNAPI"

    /// Takes what is the carrier's out of a transfer (Linux, drivers/usb/serial: ftdi_sio.c, symbolserial.c, opticon.c).
    /// - Parameter packetBytes: the packet size of the endpoint.
    /// - Returns: the bytes of the line; `nil` when the transfer is not what the carrier sends, so that bytes are missing.
    func unwrap(_ transfer: [UInt8], packetBytes: Int) -> [UInt8]? {
        switch self {
        case .ftdi: return Self.withoutStatus(transfer, packetBytes: packetBytes)
        case .symbol:
            guard let count = transfer.first.map(Int.init) else { return [] }
            return count < transfer.count ? Array(transfer[1..<(1 + count)]) : nil
        case .opticon:
            guard transfer.count > 2 else { return [] }
            // 00 01 tells of the level of RTS.
            return transfer[0] == 0 && transfer[1] == 0 ? Array(transfer.dropFirst(2)) : []
        case .cdc, .pl2303, .cp210x, .ch34x, .metrologic, .metrologicOneWay, .snapi: return transfer
        }
    }

    /// FTDI chips begin every packet with two bytes of status, of which bits 1 to 4 of the second tell of an overrun, of a
    /// wrong parity or stop bit, and of a break.
    private static func withoutStatus(_ transfer: [UInt8], packetBytes: Int) -> [UInt8]? {
        guard transfer.count > 2 else { return [] }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(transfer.count)
        for start in stride(from: 0, to: transfer.count, by: max(packetBytes, 3)) {
            let packet = transfer[start..<min(start + max(packetBytes, 3), transfer.count)]
            guard packet.count > 2 else { continue }
            guard packet[start + 1] & 0x1E == 0 else { return nil }
            bytes += packet.dropFirst(2)
        }
        return bytes
    }

    /// How much is read at once, in bytes. What tells packets apart by transfers is read as its kernel driver reads it.
    func transferBytes(packetBytes: Int) -> Int {
        switch self {
        case .opticon: 256
        case .cdc, .pl2303, .cp210x, .ch34x, .ftdi: max(packetBytes, 512)
        case .symbol, .metrologic, .metrologicOneWay, .snapi: packetBytes
        }
    }

    /// Whether it is a chip that says nothing of what is behind it.
    package var isBridge: Bool {
        switch self {
        case .ftdi, .pl2303, .cp210x, .ch34x: true
        default: false
        }
    }

    /// Whether its line has a speed. The others have none, or ignore it.
    var hasLineSettings: Bool { self == .cdc || isBridge }
}
