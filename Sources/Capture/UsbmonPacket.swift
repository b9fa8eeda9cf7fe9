package import USB

/// A transfer's begin or end as the kernel's usbmon tells of it (Linux, Documentation/usb/usbmon.rst, "Raw binary format").
package struct UsbmonPacket: Sendable, Equatable {
    package enum Event: UInt8, Sendable {
        case submission = 0x53
        case completion = 0x43
        case error = 0x45
    }

    /// Joins a submission with its completion.
    package var id: UInt64
    package var event: Event
    package var kind: USBEndpoint.Kind
    /// With the direction in its top bit.
    package var endpoint: UInt8
    package var device: UInt8
    package var bus: UInt16
    /// Since 1970, in microseconds.
    package var time: UInt64
    /// 0, or a negative number of the kernel's; -EINPROGRESS in a submission.
    package var status: Int32
    /// Bytes asked for or sent in a submission, bytes that went in a completion.
    package var length: UInt32
    /// In the submission of a control transfer.
    package var setup: USBSetup?
    package var data: [UInt8]

    package init(
        id: UInt64, event: Event, kind: USBEndpoint.Kind, endpoint: UInt8, device: UInt8, bus: UInt16, time: UInt64,
        status: Int32 = 0, length: UInt32, setup: USBSetup? = nil, data: [UInt8] = []
    ) {
        self.id = id
        self.event = event
        self.kind = kind
        self.endpoint = endpoint
        self.device = device
        self.bus = bus
        self.time = time
        self.status = status
        self.length = length
        self.setup = setup
        self.data = data
    }

    package var isIn: Bool { endpoint & 0x80 != 0 }

    /// usbmon's numbers of the kinds.
    private static let kinds: [USBEndpoint.Kind] = [.isochronous, .interrupt, .control, .bulk]

    /// The 64 bytes of the header and the data.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(little: id)
        bytes += [event.rawValue, UInt8(Self.kinds.firstIndex(of: kind) ?? 3), endpoint, device]
        bytes.append(little: bus)
        // 0 marks what is there, another character says why it is not: "-" for none, "<" and ">" for the direction.
        bytes.append(setup == nil ? 0x2D : 0)
        bytes.append(data.isEmpty ? (isIn ? 0x3C : 0x3E) : 0)
        bytes.append(little: Int64(time / 1_000_000))
        bytes.append(little: Int32(time % 1_000_000))
        bytes.append(little: status)
        bytes.append(little: length)
        bytes.append(little: UInt32(data.count))
        bytes += setup?.bytes ?? [UInt8](repeating: 0, count: 8)
        bytes += [UInt8](repeating: 0, count: 16)
        return bytes + data
    }

    /// Reads what ``bytes`` gives.
    /// - Returns: `nil` for bytes that are no packet.
    package init?(bytes: [UInt8]) {
        guard bytes.count >= 64 else { return nil }
        let seconds = ByteOrder.little.read(Int64.self, bytes[0...], 16)
        let micros = ByteOrder.little.read(Int32.self, bytes[0...], 24)
        guard (0...Int64(UInt32.max)).contains(seconds), (0..<1_000_000).contains(micros) else { return nil }
        let time = UInt64(seconds) * 1_000_000 + UInt64(micros)
        self.init(CapturedPacket(time: time, linkType: LinkType.usbLinuxMapped, order: .little, bytes: bytes[...]))
    }

    /// - Returns: `nil` for a packet of another kind, or one that breaks off.
    init?(_ packet: CapturedPacket) {
        let headerBytes = packet.linkType == LinkType.usbLinuxMapped ? 64 : 48
        let (order, bytes) = (packet.order, packet.bytes)
        guard packet.linkType == LinkType.usbLinuxMapped || packet.linkType == LinkType.usbLinux,
            bytes.count >= headerBytes
        else { return nil }
        let at = { (offset: Int) in bytes[bytes.startIndex + offset] }
        guard let event = Event(rawValue: at(8)), Int(at(9)) < Self.kinds.count else { return nil }
        let kept = Int(order.read(UInt32.self, bytes, 36))
        self.init(
            id: order.read(UInt64.self, bytes, 0), event: event, kind: Self.kinds[Int(at(9))], endpoint: at(10),
            device: at(11), bus: order.read(UInt16.self, bytes, 12), time: packet.time,
            status: order.read(Int32.self, bytes, 28), length: order.read(UInt32.self, bytes, 32),
            setup: at(14) == 0 ? USBSetup(bytes.dropFirst(40).prefix(8)) : nil,
            data: Array(bytes.dropFirst(headerBytes).prefix(kept)))
    }
}

extension USBSetup {
    /// As on the bus: numbers with the lowest byte first (USB 2.0, table 9-2).
    var bytes: [UInt8] {
        var bytes = [requestType, request]
        bytes.append(little: value)
        bytes.append(little: index)
        bytes.append(little: length)
        return bytes
    }

    /// - Parameter bytes: eight.
    init(_ bytes: ArraySlice<UInt8>) {
        self.init(
            requestType: bytes[bytes.startIndex], request: bytes[bytes.startIndex + 1],
            value: ByteOrder.little.read(UInt16.self, bytes, 2), index: ByteOrder.little.read(UInt16.self, bytes, 4),
            length: ByteOrder.little.read(UInt16.self, bytes, 6))
    }
}
