import USB

/// A capture for others to read: when what went where and how long it was, and no byte of what was scanned or shown.
package enum BlankedCapture {
    /// GET_DESCRIPTOR of a device or an interface (USB 2.0, table 9-4; HID 1.11, section 7.1.1).
    private static let getDescriptor: UInt8 = 6
    /// Texts of the device, its serial number among them (USB 2.0, table 9-5).
    private static let stringDescriptor: UInt16 = 3

    /// The same packets, with zeros in the place of all data but descriptors.
    package static func packets(_ packets: [UsbmonPacket]) -> [UsbmonPacket] {
        var descriptorReads: Set<UInt64> = []
        return packets.map { packet in
            if packet.event == .submission {
                if isDescriptorRead(packet) {
                    descriptorReads.insert(packet.id)
                    return packet
                }
                descriptorReads.remove(packet.id)
            } else if descriptorReads.remove(packet.id) != nil {
                return packet
            }
            var blanked = packet
            blanked.data = [UInt8](repeating: 0, count: packet.data.count)
            return blanked
        }
    }

    private static func isDescriptorRead(_ packet: UsbmonPacket) -> Bool {
        guard packet.kind == .control, let setup = packet.setup else { return false }
        return setup.requestType & 0xE0 == 0x80 && setup.request == getDescriptor
            && setup.value >> 8 != stringDescriptor
    }
}
