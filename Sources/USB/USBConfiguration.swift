/// A configuration descriptor's interfaces and endpoints (USB 2.0, section 9.6.3 to 9.6.6), every alternate setting
/// listed apart.
public struct USBConfiguration: Sendable, Hashable {
    public let interfaces: [USBInterface]

    public init(interfaces: [USBInterface]) {
        self.interfaces = interfaces
    }
}

/// One alternate setting of an interface.
public struct USBInterface: Sendable, Hashable {
    public let number: UInt8
    public let alternateSetting: UInt8
    public let interfaceClass: UInt8
    public let interfaceSubclass: UInt8
    public let interfaceProtocol: UInt8
    /// The length of the report descriptor that the HID descriptor announces (HID 1.11, section 6.2.1), in bytes; `nil`
    /// for an interface without one.
    public let reportDescriptorBytes: Int?
    public let endpoints: [USBEndpoint]

    public init(
        number: UInt8, alternateSetting: UInt8 = 0, interfaceClass: UInt8, interfaceSubclass: UInt8 = 0,
        interfaceProtocol: UInt8 = 0, reportDescriptorBytes: Int? = nil, endpoints: [USBEndpoint]
    ) {
        self.number = number
        self.alternateSetting = alternateSetting
        self.interfaceClass = interfaceClass
        self.interfaceSubclass = interfaceSubclass
        self.interfaceProtocol = interfaceProtocol
        self.reportDescriptorBytes = reportDescriptorBytes
        self.endpoints = endpoints
    }
}

public struct USBEndpoint: Sendable, Hashable {
    public enum Kind: UInt8, Sendable {
        case control = 0
        case isochronous = 1
        case bulk = 2
        case interrupt = 3
    }

    /// The address with the direction in its top bit: 0x81 is endpoint 1, into the host.
    public let address: UInt8
    public let kind: Kind
    /// The largest packet, in bytes.
    public let packetBytesMax: Int

    public var isIn: Bool { address & 0x80 != 0 }

    public init(address: UInt8, kind: Kind, packetBytesMax: Int) {
        self.address = address
        self.kind = kind
        self.packetBytesMax = packetBytesMax
    }
}
