extension USBDevice {
    /// The descriptors that a device of these facts would send: the device's, then the configuration's. What is not known is
    /// what most devices have: USB 2.0, packets of 64 bytes on endpoint 0, a poll each millisecond, 100 mA.
    package var descriptorBytes: [UInt8] {
        let strings = [manufacturer, product, serial].enumerated().map { $1 == nil ? 0 : UInt8($0 + 1) }
        var bytes: [UInt8] = [18, 1, 0x00, 0x02, deviceClass, 0, 0, 64]
        for number in [vendorID, productID, release] { bytes += number.lowFirst }
        bytes += strings + [1]
        return bytes + configuration.descriptorBytes
    }
}

extension USBConfiguration {
    /// The configuration descriptor and what belongs to it (USB 2.0, sections 9.6.3 to 9.6.6; HID 1.11, section 6.2.1).
    fileprivate var descriptorBytes: [UInt8] {
        let body = interfaces.flatMap(\.descriptorBytes)
        let numbers = Set(interfaces.map(\.number))
        return [9, 2] + UInt16(clamping: 9 + body.count).lowFirst + [UInt8(clamping: numbers.count), 1, 0, 0x80, 50]
            + body
    }
}

extension USBInterface {
    fileprivate var descriptorBytes: [UInt8] {
        var bytes: [UInt8] = [
            9, 4, number, alternateSetting, UInt8(clamping: endpoints.count), interfaceClass, interfaceSubclass,
            interfaceProtocol, 0,
        ]
        if let reportDescriptorBytes {
            bytes += [9, 0x21, 0x11, 0x01, 0, 1, 0x22] + UInt16(clamping: reportDescriptorBytes).lowFirst
        }
        for endpoint in endpoints {
            bytes +=
                [7, 5, endpoint.address, endpoint.kind.rawValue] + UInt16(clamping: endpoint.packetBytesMax).lowFirst
            bytes.append(1)
        }
        return bytes
    }
}

extension UInt16 {
    fileprivate var lowFirst: [UInt8] { [UInt8(truncatingIfNeeded: self), UInt8(truncatingIfNeeded: self >> 8)] }
}
