package import USB

/// A device of a capture: what it is, what it answered, what it sent.
package struct CapturedDevice: Sendable {
    /// What came from an endpoint.
    package struct Arrival: Sendable {
        /// Since the capture's first packet.
        package let after: Duration
        package let endpoint: UInt8
        package let completion: USBCompletion
    }

    package let device: USBDevice
    /// The answers to requests into the host, the last one to each.
    let answers: [USBSetup: USBCompletion]
    package let arrivals: [Arrival]

    /// Finds the devices of a capture.
    /// - Throws: ``CaptureError`` `.noDevice` when there are none whose descriptors the capture holds.
    package static func devices(in packets: [UsbmonPacket]) throws(CaptureError) -> [CapturedDevice] {
        let first = packets.first?.time ?? 0
        var drafts: [Key: Draft] = [:]
        var order: [Key] = []
        for packet in packets {
            let key = Key(bus: packet.bus, device: packet.device)
            if drafts[key] == nil {
                guard drafts.count < CaptureLimits.devicesMax else { continue }
                order.append(key)
            }
            drafts[key, default: Draft()].take(packet, since: first)
        }
        let devices = order.compactMap { key in drafts[key]?.finished(as: key) }
        guard !devices.isEmpty else {
            throw CaptureError(
                .noDevice,
                "The capture tells of no device's descriptors. Begin to capture first, then plug the device in, or use countertop debug record."
            )
        }
        return devices
    }

    struct Key: Hashable {
        let bus: UInt16
        let device: UInt8
    }
}

/// Collects what packets say of one device.
private struct Draft {
    private var requests: [UInt64: USBSetup] = [:]
    private var answers: [USBSetup: USBCompletion] = [:]
    private var arrivals: [CapturedDevice.Arrival] = []
    /// Descriptors, by type and index as in `wValue`: the longest answer to each.
    private var descriptors: [UInt16: [UInt8]] = [:]

    mutating func take(_ packet: UsbmonPacket, since first: UInt64) {
        switch (packet.event, packet.kind) {
        case (.submission, .control):
            if requests.count < CaptureLimits.answersMax { requests[packet.id] = packet.setup }
        case (.completion, .control):
            guard let setup = requests.removeValue(forKey: packet.id), setup.isIn else { return }
            let completion = USBCompletion(status: packet.status, data: packet.data)
            if answers[setup] != nil || answers.count < CaptureLimits.answersMax { answers[setup] = completion }
            guard setup.requestType == 0x80, setup.request == 6, packet.status == 0 else { return }
            if packet.data.count >= descriptors[setup.value]?.count ?? 0 { descriptors[setup.value] = packet.data }
        case (.completion, .interrupt) where packet.isIn, (.completion, .bulk) where packet.isIn:
            let after = packet.time >= first ? packet.time - first : 0
            arrivals.append(
                CapturedDevice.Arrival(
                    after: .microseconds(Int64(clamping: after)), endpoint: packet.endpoint,
                    completion: USBCompletion(status: packet.status, data: packet.data)))
        default: break
        }
    }

    /// - Returns: `nil` for a device that the capture says too little of.
    func finished(as key: CapturedDevice.Key) -> CapturedDevice? {
        guard let own = descriptors[0x0100], own.count >= 18, let bytes = descriptors[0x0200],
            let configuration = try? USBConfiguration(parsing: bytes)
        else { return nil }
        let number = { (offset: Int) in ByteOrder.little.read(UInt16.self, own[0...], offset) }
        let device = USBDevice(
            plug: 0, path: USBPath("\(key.bus)-\(key.device)"), vendorID: number(8), productID: number(10),
            release: number(12), deviceClass: own[4], manufacturer: string(own[14]), product: string(own[15]),
            serial: string(own[16]), configuration: configuration)
        return CapturedDevice(device: device, answers: answers, arrivals: arrivals)
    }

    private func string(_ index: UInt8) -> String? {
        guard index != 0, let bytes = descriptors[0x0300 | UInt16(index)], bytes.count > 2 else { return nil }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
            ByteOrder.little.read(UInt16.self, bytes[0...], $0)
        }
        return String(decoding: units, as: UTF16.self).filter { !$0.unicodeScalars.contains { $0.value < 0x20 } }
    }
}
