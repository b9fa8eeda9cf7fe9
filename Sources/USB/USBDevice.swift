/// A device as it stands on the bus, from one arrival to its departure.
public struct USBDevice: Sendable, Hashable {
    /// The number of this arrival. It is never used again in the process, so a re-plugged device is another `plug`.
    public let plug: UInt64
    /// Where it is plugged in.
    public let path: USBPath
    /// The maker, by the number that the USB-IF gave it (idVendor).
    public let vendorID: UInt16
    /// The product, by its maker's number (idProduct).
    public let productID: UInt16
    /// The device's release number in binary-coded decimal (bcdDevice).
    public let release: UInt16
    /// The class code of the device descriptor; 0 when each interface has its own.
    public let deviceClass: UInt8
    /// The strings as the kernel read them; `nil` where the device has none or they could not be read.
    public let manufacturer: String?
    /// The product's name; `nil` as above.
    public let product: String?
    /// The serial number, often missing and not always unique; `nil` as above.
    public let serial: String?
    /// The active configuration, parsed from its raw bytes.
    public let configuration: USBConfiguration

    /// Why ``configuration`` is empty although the device has one, and what to do, in sentences; `nil` when all is well.
    public let fault: String?

    /// When libusb's callback told of it; `nil` for a device that no libusb told of.
    public let arrivedAt: ContinuousClock.Instant?

    /// A device of these facts.
    public init(
        plug: UInt64, path: USBPath, vendorID: UInt16, productID: UInt16, release: UInt16, deviceClass: UInt8,
        manufacturer: String?, product: String?, serial: String?, configuration: USBConfiguration,
        fault: String? = nil, arrivedAt: ContinuousClock.Instant? = nil
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
        self.fault = fault
        self.arrivedAt = arrivedAt
    }
}

/// Bus number and chain of ports, written as the kernel writes it: "1-4.2". It stays the same when a device is plugged
/// into the same port again; the device address does not.
public struct USBPath: Sendable, Hashable, CustomStringConvertible {
    /// The path in words: "1-4.2".
    public let description: String

    /// A path as the kernel writes it. Nothing is checked.
    public init(_ description: String) {
        self.description = description
    }
}
