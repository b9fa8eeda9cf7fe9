extension USBConfiguration {
    /// The endpoint with this address and the interface that owns it. Of several alternate settings the first listed
    /// counts, which is the one a device has after it was configured (USB 2.0, section 9.1.1.5).
    public func endpoint(at address: UInt8) -> (interface: UInt8, endpoint: USBEndpoint)? {
        for interface in interfaces {
            if let endpoint = interface.endpoints.first(where: { $0.address == address }) {
                return (interface.number, endpoint)
            }
        }
        return nil
    }

    /// True when the configuration has an interface with this number.
    public func hasInterface(_ number: UInt8) -> Bool {
        interfaces.contains { $0.number == number }
    }
}

extension USBEndpoint {
    /// True when data can be moved through it by this module: interrupt and bulk transfers.
    var carriesData: Bool { (kind == .interrupt || kind == .bulk) && packetBytesMax > 0 }

    /// The size of a buffer that holds at least `wanted` bytes, as far as ``USBLimits/transferBytesMax`` allows. It is a
    /// multiple of the packet size, so that a full last packet never overflows it (libusb, "Packets and overflows").
    func bufferBytes(for wanted: Int) -> Int {
        let bytes = Swift.min(Swift.max(wanted, 1), USBLimits.transferBytesMax)
        let packets = (bytes + packetBytesMax - 1) / packetBytesMax
        let packetsMax = Swift.max(USBLimits.transferBytesMax / packetBytesMax, 1)
        return Swift.min(packets, packetsMax) * packetBytesMax
    }
}
