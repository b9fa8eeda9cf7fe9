import USB

/// A HID device of one interface as its firmware would answer (HID 1.11, section 7): the part that virtual devices share.
struct VirtualHID: VirtualBehaviour {
    let reportDescriptor: [UInt8]
    /// The answers to GET_REPORT, by type and id as in `wValue`.
    var reports: [UInt16: [UInt8]] = [:]
    /// Takes a report from the host, its id included, however it was sent.
    var onReport: @Sendable ([UInt8]) -> Void = { _ in }

    func control(_ setup: USBSetup, data: [UInt8]) -> USBCompletion {
        switch (setup.requestType, setup.request) {
        case (0x81, 0x06) where setup.value == 0x2200: return .completed(reportDescriptor)
        case (0xA1, 0x01): return reports[setup.value].map { .completed($0) } ?? .stalled
        case (0x21, 0x09):
            onReport(data)
            return .completed([])
        case (0x21, 0x0A), (0x21, 0x0B): return .completed([])
        default: return .stalled
        }
    }

    func write(endpoint: UInt8, data: [UInt8]) -> USBCompletion {
        onReport(data)
        return .completed([])
    }

    /// A device of one HID interface, as it would be plugged in.
    static func device(
        at path: USBPath, vendorID: UInt16, productID: UInt16, product: String, interface: USBInterface
    ) -> USBDevice {
        USBDevice(
            plug: 0, path: path, vendorID: vendorID, productID: productID, release: 0x0100, deviceClass: 0,
            manufacturer: "Countertop", product: product, serial: nil,
            configuration: USBConfiguration(interfaces: [interface]))
    }
}
