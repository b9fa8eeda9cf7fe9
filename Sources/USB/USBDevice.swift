/// A device as it stands on the bus, from one arrival to its departure.
public struct USBDevice: Sendable, Hashable {
    /// The number of this arrival. It is never used again in the process, so a re-plugged device is another `plug`.
    public let plug: UInt64
    /// Where it is plugged in.
    public let path: USBPath
    public let vendorID: UInt16
    public let productID: UInt16
    /// The device's release number in binary-coded decimal (bcdDevice).
    public let release: UInt16
    /// The class code of the device descriptor; 0 when each interface has its own.
    public let deviceClass: UInt8
    /// The strings as the kernel read them; `nil` where the device has none or they could not be read.
    public let manufacturer: String?
    public let product: String?
    public let serial: String?
    /// The active configuration, parsed from its raw bytes.
    public let configuration: USBConfiguration

    public init(
        plug: UInt64, path: USBPath, vendorID: UInt16, productID: UInt16, release: UInt16, deviceClass: UInt8,
        manufacturer: String?, product: String?, serial: String?, configuration: USBConfiguration
    ) {
        self.plug = plug
        self.path = path
        self.vendorID = vendorID
        self.productID = productID
        self.release = release
        self.deviceClass = deviceClass
        self.manufacturer = manufacturer
        self.product = product
        self.serial = serial
        self.configuration = configuration
    }
}

/// Bus number and chain of ports, written as the kernel writes it: "1-4.2". It stays the same when a device is plugged
/// into the same port again; the device address does not.
public struct USBPath: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
