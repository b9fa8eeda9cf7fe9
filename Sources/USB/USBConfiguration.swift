/// A configuration descriptor's interfaces and endpoints (USB 2.0, section 9.6.3 to 9.6.6), every alternate setting
/// listed apart.
public struct USBConfiguration: Sendable, Hashable {
    /// In the order of their descriptors.
    public let interfaces: [USBInterface]

    /// A configuration of these interfaces.
    public init(interfaces: [USBInterface]) {
        self.interfaces = interfaces
    }
}

/// One alternate setting of an interface.
public struct USBInterface: Sendable, Hashable {
    /// The number that every alternate setting of the interface shares (bInterfaceNumber).
    public let number: UInt8
    /// 0 is the setting that a device has after it was configured (bAlternateSetting).
    public let alternateSetting: UInt8
    /// The class code, 3 for HID (bInterfaceClass).
    public let interfaceClass: UInt8
    /// 1 for a HID interface that the BIOS understands (bInterfaceSubClass).
    public let interfaceSubclass: UInt8
    /// 1 for a boot keyboard (bInterfaceProtocol).
    public let interfaceProtocol: UInt8
    /// The length of the report descriptor that the HID descriptor announces (HID 1.11, section 6.2.1), in bytes; `nil`
    /// for an interface without one.
    public let reportDescriptorBytes: Int?
    /// In the order of their descriptors, endpoint 0 not among them.
    public let endpoints: [USBEndpoint]

    /// One alternate setting; what is left out is 0 or not there.
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

/// An endpoint of an interface (USB 2.0, section 9.6.6).
public struct USBEndpoint: Sendable, Hashable {
    /// The transfer type, as bits 0 and 1 of bmAttributes number it.
    public enum Kind: UInt8, Sendable {
        case control = 0
        case isochronous = 1
        case bulk = 2
        case interrupt = 3
    }

    /// The address with the direction in its top bit: 0x81 is endpoint 1, into the host.
    public let address: UInt8
    /// How it transfers.
    public let kind: Kind
    /// The largest packet, in bytes.
    public let packetBytesMax: Int

    /// True for an endpoint into the host.
    public var isIn: Bool { address & 0x80 != 0 }

    /// An endpoint; the packet size is in bytes.
    public init(address: UInt8, kind: Kind, packetBytesMax: Int) {
        self.address = address
        self.kind = kind
        self.packetBytesMax = packetBytesMax
    }
}
