extension USBConfiguration {
    /// Reads a configuration descriptor and what belongs to it (USB 2.0, section 9.6.3; HID 1.11, section 6.2.1).
    ///
    /// The bytes come from a stranger, so no length in them is trusted. Descriptors of unknown types are skipped, and so
    /// are endpoints beyond the number the interface declares, as the kernel does. Bytes may be missing at the end: the
    /// kernel cuts off what the device did not deliver.
    /// - Throws: ``USBError`` `.malformed`.
    public init(parsing bytes: [UInt8]) throws(USBError) {
        guard bytes.count >= 9, bytes[0] >= 9, bytes[1] == DescriptorType.configuration else {
            throw Self.malformed("it does not begin with a configuration descriptor")
        }
        let declared = Int(bytes[2]) | Int(bytes[3]) << 8
        let end = Swift.min(declared, bytes.count)
        guard end >= Int(bytes[0]) else {
            throw Self.malformed("its total length of \(declared) bytes is less than its first descriptor")
        }
        guard end <= USBLimits.configurationBytesMax else {
            throw Self.malformed("it is longer than \(USBLimits.configurationBytesMax) bytes")
        }
        var settings = SettingList()
        var offset = Int(bytes[0])
        while offset < end {
            let length = Int(bytes[offset])
            guard length >= 2, length <= end - offset else {
                throw Self.malformed("the descriptor at byte \(offset) has the impossible length \(length)")
            }
            try settings.append(bytes[offset..<offset + length])
            offset += length
        }
        self.init(interfaces: settings.finish())
    }

    /// Finds a configuration in the kernel's `descriptors` file, which holds the device descriptor and then every
    /// configuration as far as the kernel took it. Their `wTotalLength` is not what the file holds, so the next
    /// configuration is where the next descriptor of that type is.
    /// - Parameter value: the `bConfigurationValue` sought; `nil` takes the first.
    static func slice(ofDescriptorsFile bytes: [UInt8], value: UInt8?) -> [UInt8]? {
        var offset = 18
        var start: Int?
        while offset + 1 < bytes.count {
            let length = Int(bytes[offset])
            guard length >= 2, length <= bytes.count - offset else { break }
            if bytes[offset + 1] == DescriptorType.configuration {
                if let start { return Array(bytes[start..<offset]) }
                if length >= 9, value == nil || bytes[offset + 5] == value { start = offset }
            }
            offset += length
        }
        return start.map { Array(bytes[$0...]) }
    }

    fileprivate static func malformed(_ why: String) -> USBError {
        USBError(.malformed, "The configuration descriptor breaks the standard: \(why).")
    }
}

/// Descriptor types (USB 2.0, table 9-5; HID 1.11, section 7.1).
private enum DescriptorType {
    static let configuration: UInt8 = 0x02
    static let interface: UInt8 = 0x04
    static let endpoint: UInt8 = 0x05
    static let hid: UInt8 = 0x21
    static let hidReport: UInt8 = 0x22
}

/// Collects interfaces while descriptors come by.
private struct SettingList {
    private var finished: [USBInterface] = []
    private var numbers: Set<UInt8> = []
    private var current: USBInterface?
    private var reportDescriptorBytes: Int?
    private var endpoints: [USBEndpoint] = []
    private var endpointsDeclared = 0

    mutating func append(_ descriptor: ArraySlice<UInt8>) throws(USBError) {
        let bytes = Array(descriptor)
        switch bytes[1] {
        case DescriptorType.interface: try beginInterface(bytes)
        case DescriptorType.endpoint: try addEndpoint(bytes)
        case DescriptorType.hid: addReportDescriptorLength(bytes)
        default: break
        }
    }

    mutating func finish() -> [USBInterface] {
        endInterface()
        return finished
    }

    private mutating func beginInterface(_ bytes: [UInt8]) throws(USBError) {
        guard bytes.count >= 9 else { throw USBConfiguration.malformed("an interface descriptor is too short") }
        endInterface()
        numbers.insert(bytes[2])
        guard numbers.count <= USBLimits.interfacesMax, finished.count < USBLimits.settingsMax else {
            throw USBConfiguration.malformed("it has more than \(USBLimits.interfacesMax) interfaces")
        }
        endpointsDeclared = Swift.min(Int(bytes[4]), USBLimits.endpointsMax)
        current = USBInterface(
            number: bytes[2], alternateSetting: bytes[3], interfaceClass: bytes[5], interfaceSubclass: bytes[6],
            interfaceProtocol: bytes[7], endpoints: [])
    }

    private mutating func addEndpoint(_ bytes: [UInt8]) throws(USBError) {
        guard bytes.count >= 7 else { throw USBConfiguration.malformed("an endpoint descriptor is too short") }
        let address = bytes[2] & 0x8f
        guard current != nil, endpoints.count < endpointsDeclared, address & 0x0f != 0,
            !endpoints.contains(where: { $0.address == address }),
            let kind = USBEndpoint.Kind(rawValue: bytes[3] & 0x03)
        else { return }
        // Bits 11 and 12 count additional packets of a high-speed endpoint (USB 2.0, table 9-13).
        let packetBytes = (Int(bytes[4]) | Int(bytes[5]) << 8) & 0x07ff
        endpoints.append(USBEndpoint(address: address, kind: kind, packetBytesMax: packetBytes))
    }

    private mutating func addReportDescriptorLength(_ bytes: [UInt8]) {
        guard current?.interfaceClass == 3, reportDescriptorBytes == nil, bytes.count >= 6 else { return }
        // One type and one length for each class descriptor announced, as far as they are there.
        for index in 0..<Int(bytes[5]) {
            let offset = 6 + 3 * index
            guard offset + 3 <= bytes.count else { return }
            guard bytes[offset] == DescriptorType.hidReport else { continue }
            reportDescriptorBytes = Int(bytes[offset + 1]) | Int(bytes[offset + 2]) << 8
            return
        }
    }

    private mutating func endInterface() {
        guard let interface = current else { return }
        finished.append(
            USBInterface(
                number: interface.number, alternateSetting: interface.alternateSetting,
                interfaceClass: interface.interfaceClass, interfaceSubclass: interface.interfaceSubclass,
                interfaceProtocol: interface.interfaceProtocol, reportDescriptorBytes: reportDescriptorBytes,
                endpoints: endpoints))
        current = nil
        reportDescriptorBytes = nil
        endpoints = []
    }
}
